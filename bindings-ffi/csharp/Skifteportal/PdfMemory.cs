using System;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>PDF files where they are in memory: they are not copied.</summary>
    public sealed partial class Pdf
    {
        /// <summary>Checks a part of an array.</summary>
        /// <param name="file">The array that holds the file.</param>
        /// <param name="profile">How strictly.</param>
        public unsafe Report Check(ArraySegment<byte> file, Profile profile)
        {
            if (file.Array is null)
            {
                throw new ArgumentNullException(nameof(file));
            }
            if (file.Count == 0)
            {
                return Check(Array.Empty<byte>(), profile);
            }
            fixed (byte* at = &file.Array[file.Offset])
            {
                return CheckAt((long)at, file.Count, profile);
            }
        }

        /// <summary>
        /// Checks a file at an address, such as that of a span that is pinned by <c>fixed</c>. A wrong address or
        /// length ends the program.
        /// </summary>
        /// <param name="file">Where it begins.</param>
        /// <param name="length">How long it is.</param>
        /// <param name="profile">How strictly.</param>
        public unsafe Report Check(byte* file, long length, Profile profile)
        {
            return CheckAt((long)file, length, profile);
        }

        /// <summary>Writes a file at an address anew, without what the portal would refuse.</summary>
        /// <param name="file">Where it begins.</param>
        /// <param name="length">How long it is.</param>
        /// <param name="profile">How strictly.</param>
        /// <param name="options">What may be done.</param>
        public unsafe SanitizedFile Sanitize(byte* file, long length, Profile profile, SanitizeOptions options)
        {
            return SanitizeAt((long)file, length, profile, options);
        }
    }
}
