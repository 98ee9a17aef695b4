using System;
using System.Globalization;

namespace Skifteportal.Model
{
    /// <summary>
    /// A point in time as the portal writes it (RFC 3339). The text is kept, so that what was read is sent again
    /// unchanged, with all of its nanoseconds; two are equal where their texts are.
    /// </summary>
    public readonly struct Timestamp : IEquatable<Timestamp>
    {
        private const string Zero = "1970-01-01T00:00:00Z";
        private readonly string? text;

        private Timestamp(string text)
        {
            this.text = text;
        }

        /// <summary>As the portal writes it.</summary>
        internal string Text => text ?? Zero;

        /// <summary>The clock of this machine.</summary>
        public static Timestamp Now => From(DateTimeOffset.UtcNow);

        /// <summary>Reads a text such as <c>2026-12-01T12:00:00Z</c>.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="InputException">It is no point in time.</exception>
        public static Timestamp Parse(string text)
        {
            using (var times = new Times())
            {
                return times.Read(text);
            }
        }

        /// <summary>Of a point in time, in UTC.</summary>
        /// <param name="time">The point in time.</param>
        public static Timestamp From(DateTimeOffset time)
        {
            return new Timestamp(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
        }

        /// <summary>Of a point in time, in UTC.</summary>
        /// <param name="time">The point in time.</param>
        public static implicit operator Timestamp(DateTimeOffset time) => From(time);

        /// <summary>The point in time in its own offset, to the tenth of a microsecond that .NET has.</summary>
        public DateTimeOffset ToDateTimeOffset()
        {
            // .NET refuses more than seven digits; what is cut off is less than it can tell.
            int dot = Text.IndexOf('.');
            string readable = Text;
            if (dot > 0)
            {
                int end = dot + 1;
                while (end < Text.Length && Text[end] >= '0' && Text[end] <= '9')
                {
                    end++;
                }
                readable = Text.Substring(0, Math.Min(end, dot + 8)) + Text.Substring(end);
            }
            return DateTimeOffset.Parse(
                readable, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }

        /// <summary>Whether two have the same text.</summary>
        /// <param name="one">A point in time.</param>
        /// <param name="other">Another one.</param>
        public static bool operator ==(Timestamp one, Timestamp other) => one.Equals(other);

        /// <summary>Whether two have different texts.</summary>
        /// <param name="one">A point in time.</param>
        /// <param name="other">Another one.</param>
        public static bool operator !=(Timestamp one, Timestamp other) => !one.Equals(other);

        /// <inheritdoc/>
        public bool Equals(Timestamp other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Timestamp other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => Text.GetHashCode();

        /// <summary>As the portal writes it.</summary>
        public override string ToString() => Text;

        /// <summary>Of a text that the library has written.</summary>
        internal static Timestamp Of(string text) => new Timestamp(text);
    }
}
