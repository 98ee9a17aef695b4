/** The functions of PDFs, which make their module ready first. */
export function pdfFunctions({ checkPdf, checkUpload, pdfKinds, sanitizePdf }, wake) {
  const awake =
    (work) =>
    (...given) => {
      wake();
      return work(...given);
    };
  return {
    checkPdf: awake(checkPdf),
    checkUpload: awake(checkUpload),
    pdfKinds: awake(pdfKinds),
    sanitizePdf: awake(sanitizePdf),
  };
}
