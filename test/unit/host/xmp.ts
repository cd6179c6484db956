/** A packet as Photoshop might give it back: Loupe's property as an element, among what others wrote. */
export function packet(kept: object): string {
  const value = JSON.stringify({ version: 1, ...kept })
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;');
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ns1="urn:com.loupe.enhance:layer/">
   <dc:source>another plugin’s</dc:source>
   <ns1:settings>${value}</ns1:settings>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}
