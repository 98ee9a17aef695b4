/* Stands in for a library of Windows 10 that Wine 8 lacks. For tests under Wine only, and never shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);

/* Rust's standard library takes its random numbers from here. */
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
    return SystemFunction036(data, (ULONG)size);
}

/* While Wine dispatches an exception it has handlers of its own in a list on the stack. .NET leaves that
 * without a word to Wine once it has caught the exception, and whatever is then written over the list is
 * called at the next one. Exceptions of .NET need nothing of the list. */
static LONG CALLBACK forget_dead_handlers(EXCEPTION_POINTERS *raised) {
    NT_TIB *thread = (NT_TIB *)NtCurrentTeb();
    (void)raised;
    thread->ExceptionList = (struct _EXCEPTION_REGISTRATION_RECORD *)~(ULONG_PTR)0;
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
