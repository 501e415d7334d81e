import { attribute } from '../../lib/xml/xml-text.js';

/** What a SAML provider is told of us (SAML 2.0 Metadata, 2.4.4): who we are, and where people come back to. */
export const ownMetadata = (ourselves: string, answer: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${attribute('entityID', ourselves)}>
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"${attribute('Location', answer)}/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
