/** webpack's style-loader adds the sheet to the page; it exports nothing. */
declare module '*.css' {}
