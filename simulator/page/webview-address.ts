/** Which pages a webview may show (developer.adobe.com, UXP manifest v5, requiredPermissions.webview). */
export interface WebviewPermissions {
  readonly allow?: 'yes';
  readonly domains?: readonly string[] | 'all';
  readonly allowLocalRendering?: 'yes';
  readonly enableMessageBridge?: 'localAndRemote' | 'localOnly' | 'no';
}

/** Where the page is served. Throws where UXP would not load it. */
export function pageAddress(address: string, permissions: WebviewPermissions | undefined): string {
  if (permissions?.allow !== 'yes') throw new Error('The manifest does not allow webviews.');
  const local = /^plugin:\/+(?<path>.+)$/.exec(address)?.groups?.['path'];
  if (local !== undefined) {
    if (permissions.allowLocalRendering !== 'yes') {
      throw new Error('The manifest does not allow local pages in webviews (allowLocalRendering).');
    }
    return `/plugin/${local}`;
  }
  const { protocol, origin } = new URL(address);
  const { domains = [] } = permissions;
  if (protocol !== 'https:') throw new Error(`A webview does not open ${protocol} addresses.`);
  if (domains !== 'all' && !domains.includes(origin))
    throw new Error(`${origin} is not among the manifest’s domains.`);
  return address;
}
