using System;

namespace Skifteportal.Model
{
    /// <summary>
    /// A CPR number. No text form, serialiser or debugger that asks for properties shows it;
    /// <see cref="Expose"/> gives it.
    /// </summary>
    public readonly struct CprNummer : IEquatable<CprNummer>
    {
        private readonly string? digits;

        internal CprNummer(string digits)
        {
            this.digits = digits;
        }

        /// <summary>Reads ten digits, with or without a hyphen after the sixth.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="InputException">It cannot be a CPR number.</exception>
        public static CprNummer Parse(string text)
        {
            using (var ids = new Ids())
            {
                return ids.ReadCpr(text);
            }
        }

        /// <summary>The number. It is personal data: show it to those alone who may see it.</summary>
        public string Expose() => digits ?? "";

        /// <summary>Whether two are the same.</summary>
        /// <param name="one">A number.</param>
        /// <param name="other">Another one.</param>
        public static bool operator ==(CprNummer one, CprNummer other) => one.Equals(other);

        /// <summary>Whether two are different.</summary>
        /// <param name="one">A number.</param>
        /// <param name="other">Another one.</param>
        public static bool operator !=(CprNummer one, CprNummer other) => !one.Equals(other);

        /// <inheritdoc/>
        public bool Equals(CprNummer other) => string.Equals(Expose(), other.Expose(), StringComparison.Ordinal);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is CprNummer other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => Expose().GetHashCode();

        /// <summary>Nothing of the number.</summary>
        public override string ToString() => "[redacted]";
    }
}
