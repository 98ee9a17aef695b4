using System;
using System.Globalization;

namespace Skifteportal.Model
{
    /// <summary>A date in the calendar, without a time: <c>2022-04-29</c>.</summary>
    public readonly struct Dato : IEquatable<Dato>, IComparable<Dato>
    {
        private readonly short year;
        private readonly byte monthBefore;
        private readonly byte dayBefore;

        /// <summary>Takes year, month (from 1) and day (from 1).</summary>
        /// <param name="year">The year, 0 to 9999.</param>
        /// <param name="month">The month, 1 to 12.</param>
        /// <param name="day">The day, 1 to 31.</param>
        /// <exception cref="InputException">There is no such day.</exception>
        public Dato(int year, int month, int day)
            : this(Parse(string.Format(CultureInfo.InvariantCulture, "{0:0000}-{1:00}-{2:00}", year, month, day)))
        {
        }

        private Dato(Dato other)
        {
            this = other;
        }

        private Dato(short year, byte month, byte day)
        {
            this.year = year;
            monthBefore = (byte)(month - 1);
            dayBefore = (byte)(day - 1);
        }

        /// <summary>The year.</summary>
        public int Year => year;

        /// <summary>The month, from 1.</summary>
        public int Month => monthBefore + 1;

        /// <summary>The day of the month, from 1.</summary>
        public int Day => dayBefore + 1;

        /// <summary>As the portal writes it.</summary>
        internal string Text =>
            string.Format(CultureInfo.InvariantCulture, "{0:0000}-{1:00}-{2:00}", Year, Month, Day);

        /// <summary>Reads a date as the portal writes it.</summary>
        /// <param name="text">A text such as <c>2022-04-29</c>.</param>
        /// <exception cref="InputException">It is no date.</exception>
        public static Dato Parse(string text)
        {
            using (var dates = new Dates())
            {
                return dates.Read(text);
            }
        }

        /// <summary>The date of a <see cref="DateTime"/>, whose time is left out.</summary>
        /// <param name="date">The date.</param>
        public static Dato FromDateTime(DateTime date)
        {
            return new Dato((short)date.Year, (byte)date.Month, (byte)date.Day);
        }

        /// <summary>The date in Denmark at a point in time, which is what the portal calls today.</summary>
        /// <param name="now">The point in time.</param>
        public static Dato InDenmark(Timestamp now)
        {
            using (var dates = new Dates())
            {
                return dates.InDenmark(now);
            }
        }

        /// <summary>The day at midnight, of no particular zone.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The year is 0, which .NET does not have.</exception>
        public DateTime ToDateTime()
        {
            return new DateTime(Year, Month, Day);
        }

        /// <summary>Whether two dates are the same.</summary>
        /// <param name="one">A date.</param>
        /// <param name="other">Another one.</param>
        public static bool operator ==(Dato one, Dato other) => one.Equals(other);

        /// <summary>Whether two dates are different.</summary>
        /// <param name="one">A date.</param>
        /// <param name="other">Another one.</param>
        public static bool operator !=(Dato one, Dato other) => !one.Equals(other);

        /// <summary>Whether one date is before another.</summary>
        /// <param name="one">A date.</param>
        /// <param name="other">Another one.</param>
        public static bool operator <(Dato one, Dato other) => one.CompareTo(other) < 0;

        /// <summary>Whether one date is after another.</summary>
        /// <param name="one">A date.</param>
        /// <param name="other">Another one.</param>
        public static bool operator >(Dato one, Dato other) => one.CompareTo(other) > 0;

        /// <inheritdoc/>
        public int CompareTo(Dato other) => Number().CompareTo(other.Number());

        /// <inheritdoc/>
        public bool Equals(Dato other) => Number() == other.Number();

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Dato other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => Number();

        /// <summary>As the portal writes it.</summary>
        public override string ToString() => Text;

        /// <summary>Of a text that the library has written.</summary>
        internal static Dato Of(string text)
        {
            short year = short.Parse(text.Substring(0, 4), CultureInfo.InvariantCulture);
            byte month = byte.Parse(text.Substring(5, 2), CultureInfo.InvariantCulture);
            return new Dato(year, month, byte.Parse(text.Substring(8, 2), CultureInfo.InvariantCulture));
        }

        private int Number() => (((year * 12) + monthBefore) * 31) + dayBefore;
    }
}
