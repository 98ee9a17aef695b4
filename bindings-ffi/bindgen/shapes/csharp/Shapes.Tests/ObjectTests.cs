using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;
using Shapes;
using Shapes.Model;

[TestFixture]
public sealed class ObjectTests
{
    [Test]
    public void Objects_are_made_called_and_freed()
    {
        long before = Crossing.LiveCounters();
        using (var one = new Counter())
        using (var two = Counter.Parse("40"))
        using (var sum = two.Plus(two))
        using (var same = one.Itself())
        {
            Assert.AreEqual(2, one.Add(2));
            Assert.AreEqual(3, same.Add(1));
            Assert.AreEqual(40 + 3 + 80, two.Sum(new[] { one, null, sum }));
            Assert.AreEqual(before + 3, Crossing.LiveCounters());
        }
        Assert.AreEqual(before, Crossing.LiveCounters());
    }

    [Test]
    public void A_constructor_that_fails_leaves_nothing_behind()
    {
        long before = Crossing.LiveCounters();
        Assert.AreEqual("number", Assert.Throws<InputException>(() => Counter.Parse("x"))!.Code);
        Assert.Throws<OverflowException>(() => new Counter(-1));
        Assert.AreEqual(before, Crossing.LiveCounters());
    }

    [Test]
    public void A_disposed_object_is_told()
    {
        var counter = new Counter();
        counter.Dispose();
        counter.Dispose();
        Assert.Throws<ObjectDisposedException>(() => counter.Add(1));
        using (var other = new Counter())
        {
            Assert.Throws<ObjectDisposedException>(() => other.Plus(counter));
        }
        var ticket = new Ticket(1);
        ticket.Dispose();
        Assert.AreEqual("Ticket (disposed)", ticket.ToString());
    }

    [Test]
    public void Sixteen_threads_call_while_one_disposes()
    {
        long before = Crossing.LiveCounters();
        for (int round = 0; round < 20; round++)
        {
            var counter = new Counter();
            using var begin = new Barrier(17);
            var failures = new Exception?[16];
            var threads = Enumerable.Range(0, 16).Select(index => new Thread(() =>
            {
                begin.SignalAndWait();
                try
                {
                    while (true)
                    {
                        counter.Add(1);
                    }
                }
                catch (Exception failure)
                {
                    failures[index] = failure;
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            begin.SignalAndWait();
            counter.Add(1);
            counter.Dispose();
            threads.ForEach(thread => thread.Join());
            Assert.IsTrue(failures.All(failure => failure is ObjectDisposedException));
        }
        Assert.AreEqual(before, Crossing.LiveCounters());
    }

    [Test]
    public void Sixteen_threads_add_up()
    {
        using var counter = new Counter();
        var threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
        {
            for (int index = 0; index < 6250; index++)
            {
                counter.Add(1);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.AreEqual(100_000, counter.Add(0));
    }

    [Test]
    public void What_nobody_holds_is_freed()
    {
        long before = Crossing.LiveCounters();
        Lose(1000);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.AreEqual(before, Crossing.LiveCounters());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Lose(int count)
    {
        for (int index = 0; index < count; index++)
        {
            new Counter(index).Add(1);
        }
    }

    [Test]
    public void Objects_are_compared_and_shown_by_rust()
    {
        using var one = new Ticket(1);
        using var same = new Ticket(1);
        using var other = new Ticket(2);
        Assert.IsTrue(one == same && one != other && one.Equals((object)same));
        Assert.AreEqual(one.GetHashCode(), same.GetHashCode());
        Assert.Less(one.CompareTo(other), 0);
        Assert.IsTrue(one.Before(other));
        Assert.AreEqual("ticket 1", one.ToString());
    }
}
