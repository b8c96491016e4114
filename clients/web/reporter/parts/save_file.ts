// Hands something to the browser as a file to keep, where the reporter chooses: by their own tap alone.
const kSaveMs = 60_000;

export function save_file(name: string, content: string | Uint8Array): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), kSaveMs);
}
