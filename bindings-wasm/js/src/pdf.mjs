/** The functions of PDFs. `wake` makes their module ready, or fails where it cannot. */
export function pdfFunctions(glue, wake) {
  const awake =
    (work) =>
    (...given) => {
      wake();
      return work(...given);
    };
  return Object.fromEntries(
    ['checkPdf', 'checkUpload', 'pdfKinds', 'sanitizePdf']
      .filter((name) => name in glue)
      .map((name) => [name, awake(glue[name])]),
  );
}
