using Shapes;
using Shapes.Model;

namespace Shapes.Older
{
    /// <summary>Uses one of each kind of type from C# 7.3.</summary>
    public static class Older
    {
        /// <summary>A text of all of them.</summary>
        public static string Use()
        {
            var claim = new Claim { Amount = 12.50m, Final = false, Case = new CaseId("7"), Texts = new[] { "a" } };
            var copy = claim.With(c => c.Amount = null);
            var limits = new Limits(work: 5, label: "x").WithWork(6);
            var kind = Crossing.SameKind(new Kind.Other("z"));
            string text;
            switch (kind)
            {
                case Kind.Other other:
                    text = other.Value;
                    break;
                default:
                    text = kind.Case.ToString();
                    break;
            }
            using (var counter = new Counter(start: 4))
            {
                text += counter.Add(2);
            }
            try
            {
                Crossing.Fail(3);
            }
            catch (RefusedException refused)
            {
                text += refused.Code + refused.Attempts;
            }
            return text + (copy == claim) + limits.Work + Role.Court.Other() + (string)claim.Case.Value;
        }
    }
}
