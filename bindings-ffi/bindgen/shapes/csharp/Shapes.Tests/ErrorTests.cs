using System;
using NUnit.Framework;
using Shapes;
using Shapes.Model;

[TestFixture]
public sealed class ErrorTests
{
    [Test]
    public void Each_case_is_an_exception_of_its_own()
    {
        Assert.AreEqual("no failure", Crossing.Fail(0));

        var input = Assert.Throws<InputException>(() => Crossing.Fail(1))!;
        Assert.AreEqual(("an.input", "the input is wrong"), (input.Code, input.Message));

        var closed = Assert.Throws<ClosedException>(() => Crossing.Fail(2))!;
        Assert.AreEqual(("closed", "The case is closed."), (closed.Code, closed.Message));

        var refused = Assert.Throws<RefusedException>(() => Crossing.Fail(3))!;
        Assert.AreEqual(("a.refusal", "it is refused"), (refused.Code, refused.Message));
        Assert.AreEqual(("0101010101", 3L, Role.Court), (refused.MessageValue, refused.Attempts, refused.By));
        Assert.IsInstanceOf<ShapesException>(refused);
    }

    [Test]
    public void No_text_of_an_exception_holds_a_field()
    {
        var refused = Assert.Throws<RefusedException>(() => Crossing.Fail(3))!;
        StringAssert.DoesNotContain("0101010101", refused.ToString());
    }

    [Test]
    public void An_error_that_is_a_text_keeps_it()
    {
        var gone = Assert.Throws<PlainGoneException>(() => Crossing.FailPlainly(true))!;
        Assert.AreEqual(("gone", "it is gone since 2022"), (gone.Code, gone.Message));
        PlainException never = Assert.Throws<PlainNeverException>(() => Crossing.FailPlainly(false))!;
        Assert.AreEqual("it was never there", never.Message);
        Assert.IsInstanceOf<ShapesException>(never);
    }

    [Test]
    public void An_exception_crosses_as_a_value()
    {
        Assert.AreEqual("refused", Crossing.ErrorAsValue(new RefusedException("c", "t", "m", 1, null)));
    }

    [Test]
    public void A_method_of_a_record_fails()
    {
        Assert.Throws<ClosedException>(() => new Claim().Doubled());
    }

    [Test]
    public void A_value_that_its_type_refuses_is_told_by_the_error_of_the_function()
    {
        Assert.AreEqual("x 10", Crossing.Checked(new Cpr("0101010101"), "x"));
        var input = Assert.Throws<InputException>(() => Crossing.Checked(new Cpr("12345"), "x"))!;
        Assert.AreEqual("cpr", input.Code);
        StringAssert.DoesNotContain("12345", input.ToString());
    }

    [Test]
    public void A_value_that_is_refused_where_nothing_fails_is_an_internal_error()
    {
        var failure = Assert.Throws<InternalException>(() => Crossing.Unchecked(new Cpr("12345")))!;
        Assert.AreEqual("internal", failure.Code);
        StringAssert.DoesNotContain("12345", failure.ToString());
    }

    [Test]
    public void A_panic_is_an_internal_error_and_no_crash()
    {
        for (int index = 0; index < 3; index++)
        {
            var failure = Assert.Throws<InternalException>(() => Crossing.Panic("a fault of ours"))!;
            Assert.AreEqual("a fault of ours", failure.Message);
            Assert.IsInstanceOf<ShapesException>(failure);
        }
        Assert.AreEqual("still there", Crossing.SameString("still there"));
    }

    [Test]
    public void An_argument_that_cannot_cross_leaves_nothing_behind()
    {
        long before = Crossing.LiveCounters();
        using (var counter = new Counter())
        {
            for (int index = 0; index < 100; index++)
            {
                Assert.Throws<OverflowException>(() => counter.Add(-1));
            }
        }
        Assert.AreEqual(before, Crossing.LiveCounters());
    }
}
