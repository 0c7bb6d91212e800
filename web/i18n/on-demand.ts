/** A value that is made when it is first needed. A page uses few of its formats at first, and twenty of them take 60 ms on a slow phone. */
export function onDemand<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
