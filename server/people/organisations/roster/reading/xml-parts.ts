import { SaxesParser } from 'saxes';
import { RefusedFile } from './roster-table.js';

/** What happens in a document while it is read; names are without their prefixes. */
export interface XmlListener {
  readonly open?: (name: string, of: (attribute: string) => string) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads XML piece by piece and tells the listener what it meets; yields after each piece, so that whoever collects can hand on
 * what is there. A document type declaration is refused: no entities but the five of XML. Throws RefusedFile.
 */
export async function* xmlPieces(chunks: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', damaged);
  parser.on('doctype', damaged);
  parser.on('opentag', ({ name, attributes }) => {
    listener.open?.(local(name), attribute => attributes[attribute] ?? '');
  });
  parser.on('text', text => listener.text?.(text));
  parser.on('closetag', ({ name }) => listener.close?.(local(name)));
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.close();
  yield;
}

/** Reads a whole part. */
export async function readXml(chunks: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  for await (const _ of xmlPieces(chunks, listener));
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function damaged(): never {
  throw new RefusedFile('workbook');
}
