import { attribute } from '../../../platform/lib/xml/xml-text.js';

const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP';

/** What a SAML provider is told of us (SAML 2.0 Metadata, 2.4.4): who we are, where people come back to, and where it signs them out. */
export const ownMetadata = (
  ourselves: string,
  { answer, signOut }: { answer: string; signOut: string },
): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${attribute('entityID', ourselves)}>
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:SingleLogoutService Binding="${BINDING}-POST"${attribute('Location', signOut)}/>
    <md:SingleLogoutService Binding="${BINDING}-Redirect"${attribute('Location', signOut)}/>
    <md:AssertionConsumerService index="0" isDefault="true" Binding="${BINDING}-POST"${attribute('Location', answer)}/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
