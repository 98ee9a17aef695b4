using System;

namespace Skifteportal.Model
{
    /// <summary>
    /// Free text of the portal. Others have written it, and it may hold anything: take it out by the name of the
    /// place where it goes, and by <see cref="Raw"/> only for places that interpret nothing. Its own text form
    /// shows none of it.
    /// </summary>
    public sealed class Fritekst : IEquatable<Fritekst>
    {
        private readonly string text;

        /// <summary>Takes a text.</summary>
        /// <param name="text">The text.</param>
        public Fritekst(string text)
        {
            this.text = text ?? throw new ArgumentNullException(nameof(text));
        }

        /// <summary>Takes a text.</summary>
        /// <param name="text">The text.</param>
        public static implicit operator Fritekst(string text) => new Fritekst(text);

        /// <summary>As it came, for places that interpret nothing, such as a label of a desktop program.</summary>
        public string Raw() => text;

        /// <summary>For the content of an HTML element, such as <c>p</c>; not for <c>script</c> or <c>style</c>.</summary>
        public string Html() => Escaped(texts => texts.EscapeHtml(this));

        /// <summary>For the value of an HTML attribute; not for one that holds a URL, a style or a script.</summary>
        public string Attribute() => Escaped(texts => texts.EscapeAttribute(this));

        /// <summary>For the inside of a JavaScript string or template literal.</summary>
        public string JavaScript() => Escaped(texts => texts.EscapeJavascript(this));

        /// <summary>Whether there is nothing but blanks.</summary>
        public bool IsBlank()
        {
            using (var texts = new Texts())
            {
                return texts.IsBlank(this);
            }
        }

        /// <summary>Whether two hold the same text.</summary>
        /// <param name="one">A text.</param>
        /// <param name="other">Another one.</param>
        public static bool operator ==(Fritekst? one, Fritekst? other) => Equals(one, other);

        /// <summary>Whether two hold different texts.</summary>
        /// <param name="one">A text.</param>
        /// <param name="other">Another one.</param>
        public static bool operator !=(Fritekst? one, Fritekst? other) => !Equals(one, other);

        /// <inheritdoc/>
        public bool Equals(Fritekst? other)
        {
            return !(other is null) && string.Equals(text, other.text, StringComparison.Ordinal);
        }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Fritekst);

        /// <inheritdoc/>
        public override int GetHashCode() => text.GetHashCode();

        /// <summary>That it is a text, and none of it.</summary>
        public override string ToString() => "[free text]";

        private static string Escaped(Func<Texts, string> escape)
        {
            using (var texts = new Texts())
            {
                return escape(texts);
            }
        }
    }
}
