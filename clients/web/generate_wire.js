// Makes generated/wire.ts from the schemas' descriptors: for every message its shape in TypeScript, and the short table
// that core/protocol/wire.ts reads and writes it by.
//
// usage: node generate_wire.js DESCRIPTORS OUT.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { FieldDescriptorProto_Label as Label, FieldDescriptorProto_Type as Type, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

const kKinds = {
  [Type.UINT32]: ['uint32', 'number'],
  [Type.UINT64]: ['uint64', 'bigint'],
  [Type.BOOL]: ['bool', 'boolean'],
  [Type.BYTES]: ['bytes', 'Uint8Array'],
  [Type.STRING]: ['string', 'string'],
};

const camel = (name) => name.replaceAll(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

function field_of(field) {
  const { number, type, typeName, label } = field;
  const repeated = label === Label.REPEATED;
  const message = type === Type.MESSAGE ? typeName.split('.').at(-1) : undefined;
  const [kind, shape] = message ? [`${message}Schema`, message] : (kKinds[type] ?? []);
  if (!shape) throw new Error(`${field.name}: a kind of field that wire.ts does not know`);
  const optional = message && !repeated ? '?' : '';
  return {
    uses: message,
    shape: `  ${camel(field.name)}${optional}: ${repeated ? `${shape}[]` : shape};`,
    row: `[${number}, '${camel(field.name)}', ${message ? kind : `'${kind}'`}${repeated ? ', true' : ''}]`,
  };
}

const [descriptors, out] = process.argv.slice(2);
const messages = fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)).file.flatMap((file) => file.messageType);
const waiting = new Map(messages.map(({ name, field, nestedType, oneofDecl }) => {
  if (nestedType.length + oneofDecl.length > 0) throw new Error(`${name}: a oneof, or a message inside a message`);
  return [name, field.toSorted((a, b) => a.number - b.number).map(field_of)];
}));

let text = "// Made by generate_wire.js from proto/omzien. Not to be changed by hand.\nimport type { Schema } from '../core/protocol/wire.ts';\n";
while (waiting.size > 0) {
  const ready = [...waiting].find(([, fields]) => fields.every(({ uses }) => !waiting.has(uses)));
  if (!ready) throw new Error('messages that contain each other');
  const [name, fields] = ready;
  waiting.delete(name);
  text += `\nexport interface ${name} {\n${fields.map(({ shape }) => `${shape}\n`).join('')}}\n`;
  text += `export const ${name}Schema: Schema<${name}> = [${fields.map(({ row }) => row).join(', ')}];\n`;
}
writeFileSync(out, text);
