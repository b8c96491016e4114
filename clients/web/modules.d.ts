// A word list, front-coded: see word_lists.ts.
declare module '*.txt?words' {
  const coded: string;
  export default coded;
}
// Two long ones: see core/crypto/speller.ts.
declare module '*?then=en-1.txt&spelled' {
  const coded: string;
  export default coded;
}
