using System;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>PDF files where they are in memory: they are not copied.</summary>
    public sealed partial class Pdf
    {
        /// <summary>
        /// Checks a file for what the portal would refuse. It never fails: what cannot be read is told in the report.
        /// </summary>
        /// <param name="bytes">The file.</param>
        /// <param name="profile">How strictly.</param>
        public Report Check(byte[] bytes, Profile profile)
        {
            return Check(new ArraySegment<byte>(bytes ?? throw new ArgumentNullException(nameof(bytes))), profile);
        }

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
                return CheckAt(0, 0, profile);
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

        /// <summary>
        /// Writes a file anew without what the profile refuses; all pages stay, and what they look like. The result is
        /// checked before it is handed out.
        /// </summary>
        /// <param name="bytes">The file.</param>
        /// <param name="profile">How strictly.</param>
        /// <param name="options">What may be done.</param>
        public unsafe Sanitized Sanitize(byte[] bytes, Profile profile, SanitizeOptions options)
        {
            if (bytes is null)
            {
                throw new ArgumentNullException(nameof(bytes));
            }
            // Of an empty array this is no address, which its length makes good.
            fixed (byte* at = bytes)
            {
                using (var file = SanitizeAt((long)at, bytes.Length, profile, options))
                {
                    return new Sanitized(file.Bytes(), file.Removed(), file.Report());
                }
            }
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
