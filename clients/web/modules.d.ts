// A word list, front-coded: see word_lists.ts.
declare module '*.txt?words' {
  const coded: string;
  export default coded;
}
