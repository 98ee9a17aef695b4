/* What programs of Windows need and Wine 8 lacks, under the name of the library that Rust's standard library
 * loads it from. For tests under Wine only. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return SystemFunction036(buffer, (ULONG)length);
}

/* Wine keeps handlers of its own in a list on the stack while exceptions are dispatched. .NET leaves that
 * without a word to Wine when it catches one, and what is then written over the list is called at the next
 * exception. None of .NET's own exceptions needs the list. */
static LONG CALLBACK forget_dead_handlers(EXCEPTION_POINTERS *raised) {
    NT_TIB *thread = (NT_TIB *)NtCurrentTeb();
    (void)raised;
    thread->ExceptionList = (struct _EXCEPTION_REGISTRATION_RECORD *)~(ULONG64)0;
    return EXCEPTION_CONTINUE_SEARCH;
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) {
    (void)library;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        AddVectoredExceptionHandler(1, forget_dead_handlers);
    }
    return TRUE;
}
