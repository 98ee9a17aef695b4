namespace @RUNTIME@
{
    /// <summary>The native library: it is used only where it is the one that this code was made for.</summary>
    internal static partial class Library
    {
        internal const string Name = "@LIBRARY@";

        private static readonly object Gate = new object();
        private static volatile bool known;

        internal static void Ensure()
        {
            if (known)
            {
                return;
            }
            lock (Gate)
            {
                if (!known)
                {
                    Meet();
                }
            }
        }

        private static void Meet()
        {
            try
            {
                Compare();
            }
            catch (global::System.DllNotFoundException missing)
            {
                throw new @LIBRARY_EXCEPTION@(
                    "The native library " + Name + " was not found for " + Here() + ".", missing);
            }
            catch (global::System.BadImageFormatException foreign)
            {
                throw new @LIBRARY_EXCEPTION@(
                    "The native library " + Name + " is not made for " + Here() + ".", foreign);
            }
            catch (global::System.EntryPointNotFoundException missing)
            {
                throw new @LIBRARY_EXCEPTION@(
                    "The native library " + Name + " lacks a function that this assembly was made for: "
                        + "they are of different versions. Use the two files of one package.",
                    missing);
            }
            known = true;
        }

        private static string Here()
        {
            return global::System.Runtime.InteropServices.RuntimeInformation.OSDescription.Trim()
                + ", " + global::System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture;
        }

        private static void Contract(uint theirs, uint ours)
        {
            if (theirs != ours)
            {
                throw new @LIBRARY_EXCEPTION@(
                    "The native library " + Name + " speaks contract version " + theirs
                        + ", this assembly contract version " + ours + ". Use the two files of one package.",
                    null);
            }
        }

        private static void Checksum(string function, ushort theirs, ushort ours)
        {
            if (theirs != ours)
            {
                throw new @LIBRARY_EXCEPTION@(
                    "The native library " + Name + " and this assembly are of different versions: "
                        + function + " has checksum " + theirs + " there and " + ours
                        + " here. Use the two files of one package.",
                    null);
            }
        }
    }
}
