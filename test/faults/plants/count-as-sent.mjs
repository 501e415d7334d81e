// Planted bug: a mail that the mail server did not take counts as sent.
import nodemailer from 'nodemailer';

const { createTransport } = nodemailer;

nodemailer.createTransport = (...options) => {
  const transport = createTransport(...options);
  const send = transport.sendMail.bind(transport);
  transport.sendMail = mail => send(mail).catch(() => ({}));
  return transport;
};
