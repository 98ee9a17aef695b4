using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Shapes;
using Shapes.Model;

[TestFixture]
public sealed class ValueTests
{
    [Test]
    public void Integers_cross_up_to_their_limits()
    {
        foreach (byte value in new[] { byte.MinValue, byte.MaxValue }) Assert.AreEqual(value, Crossing.SameU8(value));
        foreach (sbyte value in new[] { sbyte.MinValue, sbyte.MaxValue }) Assert.AreEqual(value, Crossing.SameI8(value));
        foreach (int value in new[] { 0, ushort.MaxValue }) Assert.AreEqual(value, Crossing.SameU16(value));
        foreach (short value in new[] { short.MinValue, short.MaxValue }) Assert.AreEqual(value, Crossing.SameI16(value));
        foreach (long value in new[] { 0L, uint.MaxValue }) Assert.AreEqual(value, Crossing.SameU32(value));
        foreach (int value in new[] { int.MinValue, int.MaxValue }) Assert.AreEqual(value, Crossing.SameI32(value));
        foreach (long value in new[] { 0L, long.MaxValue }) Assert.AreEqual(value, Crossing.SameU64(value));
        foreach (long value in new[] { long.MinValue, long.MaxValue }) Assert.AreEqual(value, Crossing.SameI64(value));
    }

    [Test]
    public void Integers_beyond_their_limits_are_refused()
    {
        Assert.Throws<OverflowException>(() => Crossing.SameU16(-1));
        Assert.Throws<OverflowException>(() => Crossing.SameU16(65536));
        Assert.Throws<OverflowException>(() => Crossing.SameU32(-1));
        Assert.Throws<OverflowException>(() => Crossing.SameU32(1L << 32));
        Assert.Throws<OverflowException>(() => Crossing.SameU64(-1));
        Assert.Throws<OverflowException>(() => Crossing.Largest());
    }

    [Test]
    public void Fractions_and_booleans_cross()
    {
        foreach (double value in new[] { 0.0, -0.0, 0.1, double.MaxValue, double.Epsilon, double.NaN, double.NegativeInfinity })
        {
            Assert.AreEqual(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Crossing.SameF64(value)));
        }
        Assert.AreEqual(0.1f, Crossing.SameF32(0.1f));
        Assert.IsTrue(Crossing.SameBool(true));
        Assert.IsFalse(Crossing.SameBool(false));
    }

    [TestCase("")]
    [TestCase("abc")]
    [TestCase("æøå ÆØÅ é")]
    [TestCase("😀 𝄞 \u0000 \uFFFF")]
    public void Texts_cross(string text)
    {
        Assert.AreEqual(text, Crossing.SameString(text));
        Assert.AreEqual(text, Crossing.SameOption(text));
        Assert.AreEqual(text, new Claim { Title = text }.Titled(""));
    }

    [Test]
    public void Half_of_a_pair_is_refused()
    {
        Assert.Throws<System.Text.EncoderFallbackException>(() => Crossing.SameString("a\uD800b"));
        Assert.Throws<System.Text.EncoderFallbackException>(() => Crossing.SameOption("\uDC00"));
    }

    [Test]
    public void Null_is_refused_where_nothing_may_be_missing()
    {
        Assert.AreEqual("value", Assert.Throws<ArgumentNullException>(() => Crossing.SameString(null!))!.ParamName);
        Assert.Throws<ArgumentNullException>(() => Crossing.SameList(null!));
        Assert.Throws<ArgumentNullException>(() => Crossing.SameClaim(new Claim { Title = null! }));
        Assert.Throws<ArgumentNullException>(() => Crossing.SameShape(null!));
        Assert.Throws<ArgumentNullException>(() => new Limits(1, null!));
        Assert.IsNull(Crossing.SameOption(null));
    }

    [Test]
    public void Bytes_cross_whatever_their_number()
    {
        Assert.AreEqual(new byte[0], Crossing.SameBytes(new byte[0]));
        var all = Enumerable.Range(0, 256).Select(n => (byte)n).ToArray();
        Assert.AreEqual(all, Crossing.SameBytes(all));
        var huge = new byte[16 << 20];
        new Random(1).NextBytes(huge);
        Assert.IsTrue(huge.AsSpan().SequenceEqual(Crossing.SameBytes(huge)));
    }

    [Test]
    public void Times_cross_as_utc_in_steps_of_100_ns()
    {
        var time = new DateTimeOffset(2022, 9, 15, 12, 30, 15, TimeSpan.FromHours(2)).AddTicks(1234567);
        Assert.AreEqual(time, Crossing.SameTime(time));
        Assert.AreEqual(TimeSpan.Zero, Crossing.SameTime(time).Offset);
        foreach (var other in new[] { new DateTimeOffset(1601, 1, 1, 0, 0, 0, 5, TimeSpan.Zero), DateTimeOffset.MaxValue })
        {
            Assert.AreEqual(other, Crossing.SameTime(other));
        }
        var duration = TimeSpan.FromTicks(123456789012345678);
        Assert.AreEqual(duration, Crossing.SameDuration(duration));
        Assert.Throws<ArgumentOutOfRangeException>(() => Crossing.SameDuration(TimeSpan.FromTicks(-1)));
    }

    [Test]
    public void Lists_maps_and_what_is_within_them_cross()
    {
        var nested = new Nested(
            options: new long?[] { 1, null, uint.MaxValue },
            lists: new[] { new string[0], new[] { "a", "ø" } },
            bytes: new[] { new byte[] { 1 }, new byte[0] },
            deep: new[] { new byte[] { 1, 2 }, null, new byte[0] },
            map: new Dictionary<string, IReadOnlyList<long>> { [""] = new long[0], ["x"] = new[] { long.MinValue } },
            byRole: new Dictionary<Role, long> { [Role.Court] = 1 },
            maps: new Dictionary<string, IReadOnlyDictionary<int, string?>>
            {
                ["m"] = new Dictionary<int, string?> { [-1] = null, [1] = "one" },
            });
        var same = Crossing.SameNested(nested);
        Assert.AreEqual(nested, same);
        Assert.AreEqual(nested.GetHashCode(), same.GetHashCode());
        Assert.IsTrue(nested == same);
        Assert.AreEqual(new long?[] { 1, null, uint.MaxValue }, same.Options);
        Assert.IsNull(same.Maps["m"][-1]);
        Assert.IsNull(same.Deep![1]);
        Assert.AreEqual(new[] { 3, -4 }, Crossing.SameList(new List<int> { 3, -4 }));
        Assert.IsTrue(Crossing.SameMap(new Dictionary<string, bool> { ["a"] = true })["a"]);
        var many = Enumerable.Range(0, 100_000).ToArray();
        Assert.AreEqual(many, Crossing.SameList(many));
    }

    [Test]
    public void A_record_of_every_type_crosses()
    {
        var every = new Every(
            1, -1, 65535, -2, uint.MaxValue, -3, long.MaxValue, long.MinValue, 0.5f, double.NaN, true, "æ",
            new byte[] { 0, 255 }, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1.5));
        Assert.AreEqual(every, Crossing.SameEvery(every));
        Assert.AreEqual(every.GetHashCode(), Crossing.SameEvery(every).GetHashCode());
    }

    [Test]
    public void Defaults_are_those_of_rust()
    {
        var claim = new Claim();
        Assert.AreEqual(3, claim.Count);
        Assert.AreEqual("a \"title\"", claim.Title);
        Assert.IsEmpty(claim.Texts);
        Assert.IsNull(claim.Amount);
        var limits = Crossing.Limits(9);
        Assert.AreEqual(4, limits.Depth);
        Assert.AreEqual("none", limits.Label);
        Assert.AreEqual("none of the court", Crossing.Limits(9, role: Role.Court).Label.Replace("Court", "the court"));
        Assert.AreEqual(8, new Limits(1, "x").Depth);
        Assert.IsEmpty(new Limits(1, "x").Names);
    }

    [Test]
    public void A_payload_is_made_by_an_initialiser_and_copied_with_changes()
    {
        var claim = new Claim
        {
            Amount = 123.50m,
            Final = false,
            Person = new Person { Name = "Bo", Cpr = new Cpr("0101010101") },
            Case = (CaseId)"K-1",
            Day = new Day(2022, 9, 15),
            Moment = new DateTimeOffset(2022, 9, 15, 12, 0, 0, TimeSpan.FromHours(2)),
            Texts = new[] { "a", "b" },
            Count = 5,
        };
        Assert.AreEqual(claim, Crossing.SameClaim(claim));
        var other = claim.With(c => c.Amount = 123.5m);
        Assert.AreEqual(claim, other);
        other = claim.With(c => c.Title = "x");
        Assert.IsTrue(other != claim);
        Assert.AreEqual("a \"title\"", claim.Title);
        Assert.AreEqual("b x", other.Titled("b "));
    }

    [Test]
    public void An_immutable_record_is_copied_by_member()
    {
        var limits = new Limits(1, "x", names: new[] { "n" });
        var other = limits.WithWork(2);
        Assert.AreEqual(2, other.Work);
        Assert.AreEqual(limits, other.WithWork(1));
    }

    [Test]
    public void A_hidden_member_crosses_too()
    {
        Assert.AreEqual("h", Crossing.SameSecretive(new Secretive("s", "h")).Hidden);
        Assert.IsNull(typeof(Secretive).GetProperty("Hidden"));
        Assert.IsNull(typeof(Crossing).GetMethod("HiddenLength"));
        Assert.AreEqual(5, Crossing.HiddenLength(1, 5));
        var claim = new Claim { Extra = "unknown" };
        Assert.AreEqual("unknown", Crossing.SameClaim(claim).Extra);
    }

    [Test]
    public void Amounts_keep_their_decimals_in_any_culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = culture;
            foreach (string text in new[] { "123.50", "0", "0.00", "-0.10", "79228162514264337593543950335", "0.0000000000000000000000000001" })
            {
                decimal amount = decimal.Parse(text, CultureInfo.InvariantCulture);
                Assert.AreEqual(decimal.GetBits(amount), decimal.GetBits(Crossing.SameAmount(amount)));
            }
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Test]
    public void Moments_cross_as_text()
    {
        foreach (var offset in new[] { 0.0, 2.0, -5.5 })
        {
            var moment = new DateTimeOffset(2022, 9, 15, 23, 59, 59, TimeSpan.FromHours(offset)).AddTicks(1200000);
            Assert.AreEqual(moment, Crossing.SameMoment(moment));
            Assert.AreEqual(moment.Offset, Crossing.SameMoment(moment).Offset);
        }
        Assert.AreEqual(new DateTimeOffset(2016, 12, 31, 23, 59, 59, TimeSpan.Zero), Shapes.Interop.Rfc3339.Parse("2016-12-31t23:59:60.123456789z").AddTicks(-1234567));
    }

    [Test]
    public void Ids_are_types_of_their_own()
    {
        var id = new CaseId("K-1");
        string text = id;
        Assert.AreEqual("K-1", text);
        Assert.AreEqual(id, Crossing.SameCase((CaseId)"K-1"));
        Assert.IsTrue(id == new CaseId("K-1"));
        Assert.AreEqual("", default(CaseId).Value);
        Assert.AreEqual("[redacted]", new Cpr("0101010101").ToString());
        Assert.IsFalse(typeof(Cpr).GetMethods().Any(method => method.Name == "op_Implicit"));
    }

    [Test]
    public void Texts_of_records_hold_no_values()
    {
        Assert.AreEqual("Person(…)", new Person { Name = "Bo" }.ToString());
        Assert.AreEqual("Claim { Amount, Texts, Count, Title }", new Claim { Amount = 5 }.ToString());
        Assert.AreEqual("Person { Name }", new Person { Name = "\uD800" }.ToString());
        Assert.AreEqual("Circle { Radius }", new Shape.Circle(4, null).ToString());
        Assert.AreEqual("Point", Shape.Point.ToString());
        Assert.AreEqual("another kind", new Kind.Other("0101010101").ToString());
    }

    [Test]
    public void Enums_cross()
    {
        foreach (Role role in Enum.GetValues(typeof(Role))) Assert.AreEqual(role, Crossing.SameRole(role));
        Assert.AreEqual(250, (long)Weight.Heavy);
        Assert.AreEqual(Weight.Heavy, Crossing.SameWeight(Weight.Heavy));
        Assert.AreEqual(Role.Reporter, Role.Court.Other());
        Assert.AreEqual("the court", Role.Court.ToText());
        Assert.Throws<ArgumentOutOfRangeException>(() => Crossing.SameRole((Role)7));
    }

    [Test]
    public void Enums_with_data_cross_and_match()
    {
        var shapes = new Shape[]
        {
            Shape.Point,
            new Shape.Circle(1.5, "c"),
            new Shape.Rectangle(2, 3),
            new Shape.Group(new Shape[] { Shape.Empty, new Shape.Circle(1, null) }, new Person { Name = "Bo" }),
        };
        foreach (var shape in shapes)
        {
            var same = Crossing.SameShape(shape);
            Assert.AreEqual(shape, same);
            Assert.AreEqual(shape.GetHashCode(), same.GetHashCode());
            string told = same switch
            {
                Shape.Circle circle => "circle " + circle.Radius + circle.CircleValue,
                Shape.Rectangle rectangle => "rectangle " + rectangle.Item1 + rectangle.Item2,
                Shape.Group group => "group of " + group.Shapes.Count + group.PointValue.Name,
                { Case: ShapeCase.Point } => "point",
                _ => "other",
            };
            StringAssert.StartsWith(shape.Case.ToString().ToLowerInvariant(), told);
        }
        Assert.AreNotEqual(new Shape.Circle(1, null), new Shape.Circle(2, null));
        Assert.IsTrue(Crossing.SameKind(Kind.Debt) == Kind.Debt);
        Assert.AreEqual("z", ((Kind.Other)Crossing.SameKind(new Kind.Other("z"))).Value);
    }

    [Test]
    public void Older_compilers_can_use_all_of_it()
    {
        Assert.AreEqual("z6a.refusal3False6Reporter7", Shapes.Older.Older.Use());
    }
}
