// What a program for Node has of the platform without `lib.dom`, as far as the package needs it.
declare class AbortSignal {
  readonly aborted: boolean;
}
