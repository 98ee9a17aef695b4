/** A refusal as the vectors write it. */
export function refusal(told, code) {
  return {
    code,
    kind: told.kind,
    status: told.status,
    codes: told.codes.map((found) => ({
      code: found.code,
      known: found.template !== null,
      arguments: found.arguments,
      text: found.text,
      pointer: found.pointer,
      found_by: found.foundBy,
    })),
    oauth: told.oauth && { error: told.oauth.error, description: told.oauth.description },
    token_refusal: told.tokenRefusal,
    fault: told.fault,
    retry: told.retry.type,
    retry_at: told.retry.at ?? null,
    may_have_been_processed: told.mayHaveBeenProcessed,
    server_time: told.serverTime,
    clock_offset_seconds: told.clockOffsetSeconds,
    reference: told.reference,
    danish: told.danish,
    english: told.english,
  };
}

export function failures(library, wire) {
  return (input) => {
    let told;
    if (input.get('do') === 'decode') {
      told = library.decodeRefusal(wire.response(input), input.get('now'));
    } else {
      const reason = input.optional('reason') ?? '';
      const type = input.get('failure');
      const failure = type === 'classify' ? library.classifyTransport(reason) : { type };
      if ('reason' in failure === false && !/timed_out|cancelled/.test(failure.type)) {
        failure.reason = reason;
      }
      told = library.decodeTransport(failure);
    }
    return refusal(told, told.code);
  };
}
