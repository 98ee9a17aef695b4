using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Shapes;
using Shapes.Model;

[TestFixture]
public sealed class CallbackTests
{
    private sealed class Listener : IListener
    {
        internal Func<byte[], long, byte[]> Signing = (input, attempt) => input.Reverse().ToArray();
        internal string Texts = "";

        public byte[] Sign(byte[] input, long attempt) => Signing(input, attempt);

        public void Hear(string? text)
        {
            Texts += text ?? "-";
        }

        public long Heard() => Texts.Length;
    }

    private sealed class Door : IDoor
    {
        public string Label() => "glass";
    }

    [Test]
    public void Bytes_go_in_and_come_out()
    {
        long seen = 0;
        var listener = new Listener();
        listener.Signing = (input, attempt) =>
        {
            seen = attempt;
            return input.Reverse().ToArray();
        };
        Assert.AreEqual(new byte[] { 3, 2, 1 }, Crossing.HaveSigned(listener, new byte[] { 1, 2, 3 }));
        Assert.AreEqual(7, seen);
        Assert.AreEqual(4, Crossing.Tell(listener, "abc"));
        Assert.AreEqual("abc-", listener.Texts);
    }

    [Test]
    public void A_declared_exception_arrives()
    {
        var listener = new Listener { Signing = (input, attempt) => throw new UnwillingException("not today") };
        var unwilling = Assert.Throws<UnwillingException>(() => Crossing.HaveSigned(listener, new byte[1]))!;
        Assert.AreEqual("not today", unwilling.Message);
    }

    [Test]
    public void Another_exception_is_told_by_its_type_alone()
    {
        var listener = new Listener { Signing = (input, attempt) => throw new InvalidOperationException("0101010101") };
        var undeclared = Assert.Throws<UndeclaredException>(() => Crossing.HaveSigned(listener, new byte[1]))!;
        Assert.AreEqual("IListener.Sign threw System.InvalidOperationException", undeclared.Reason);
    }

    private sealed class Broken : IListener
    {
        public byte[] Sign(byte[] input, long attempt) => null!;

        public void Hear(string? text)
        {
            throw new NotSupportedException("the cause");
        }

        public long Heard() => -1;
    }

    [Test]
    public void An_exception_where_none_is_expected_is_the_cause_of_an_internal_error()
    {
        var failure = Assert.Throws<InternalException>(() => Crossing.Tell(new Broken(), "x"))!;
        Assert.IsInstanceOf<NotSupportedException>(failure.InnerException);
        StringAssert.DoesNotContain("the cause", failure.Message);
        Assert.IsInstanceOf<UndeclaredException>(Assert.Catch(() => Crossing.HaveSigned(new Broken(), new byte[0])));
        Assert.IsNull(Assert.Throws<InternalException>(() => Crossing.Panic("another"))!.InnerException);
    }

    [Test]
    public void Callbacks_work_from_many_threads()
    {
        Parallel.For(0, 2000, index =>
        {
            var bytes = BitConverter.GetBytes(index);
            Assert.AreEqual(bytes.Reverse(), Crossing.HaveSigned(new Listener(), bytes));
        });
    }

    [Test]
    public void A_trait_of_both_keeps_who_it_is()
    {
        var glass = new Door();
        Assert.AreSame(glass, Crossing.SameDoor(glass));
        Assert.AreEqual("glass", Crossing.LabelOf(glass));
        var wood = Crossing.WoodenDoor();
        Assert.AreEqual("wood", wood.Label());
        Assert.AreEqual("wood", Crossing.LabelOf(Crossing.SameDoor(wood)));
        ((IDisposable)wood).Dispose();
        Assert.Throws<ObjectDisposedException>(() => wood.Label());
    }

    [Test]
    public void A_trait_of_rust_is_an_object()
    {
        using var upper = Crossing.Upper();
        Assert.AreEqual("ÆØÅ", upper.Aloud("æøå"));
    }
}
