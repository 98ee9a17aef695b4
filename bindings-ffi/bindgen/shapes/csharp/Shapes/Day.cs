using System;

namespace Shapes.Model
{
    /// <summary>A day, which somebody has written by hand.</summary>
    public readonly struct Day : IEquatable<Day>
    {
        private readonly DateTime value;

        /// <summary>Takes year, month and day.</summary>
        public Day(int year, int month, int day)
        {
            value = new DateTime(year, month, day);
        }

        /// <summary>Reads a day.</summary>
        public static Day Parse(string text)
        {
            return new Day(int.Parse(text.Substring(0, 4)), int.Parse(text.Substring(5, 2)), int.Parse(text.Substring(8, 2)));
        }

        /// <inheritdoc/>
        public bool Equals(Day other) => value == other.value;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Day other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => value.GetHashCode();

        /// <inheritdoc/>
        public override string ToString()
        {
            return value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
