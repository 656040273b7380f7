/** Types with which a sample of JSON is compared with an interface: all of its fields, of their types, and no others. */

/** Names of fields, at any depth, that `Sample` has and `Known` has not. */
export type Unknown<Sample, Known> = Sample extends readonly (infer Item)[]
  ? Known extends readonly (infer KnownItem)[]
    ? Unknown<NonNullable<Item>, NonNullable<KnownItem>>
    : never
  : Sample extends object
    ? Known extends object
      ?
          | Exclude<keyof Sample, keyof Known>
          | { [Key in keyof Sample & keyof Known]: Unknown<NonNullable<Sample[Key]>, NonNullable<Known[Key]>> }[keyof Sample & keyof Known]
      : never
    : never;

/** Fields without a question mark. */
export type Required<Known> = { [Key in keyof Known as undefined extends Known[Key] ? never : Key]: Known[Key] };

/** With any text in place of single words: imported JSON does not keep them. */
export type Widened<Known> = Known extends string
  ? string
  : Known extends readonly (infer Item)[]
    ? Widened<Item>[]
    : Known extends object
      ? { [Key in keyof Known]: Widened<Known[Key]> }
      : Known;
