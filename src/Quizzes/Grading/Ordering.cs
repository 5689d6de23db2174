using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>How an order becomes a part of the points, of n items.</summary>
internal enum OrderRule
{
    /// <summary>Items in their own position / n.</summary>
    Position,

    /// <summary>1 when every item is in its position, otherwise 0.</summary>
    All,

    /// <summary>Items directly followed by the one that follows them / (n − 1).</summary>
    Next,

    /// <summary>Length of the longest ordered selection / n; a single item is none.</summary>
    Longest,
}

/// <summary>Something that has its place in an order.</summary>
/// <param name="Html">Safe HTML without a paragraph around it.</param>
/// <param name="Feedback">Shown with the item after submitting; safe HTML. Null: none.</param>
internal sealed record OrderItem(string Html, string? Feedback = null);

/// <summary>Items to be put in order. The author's order is the right one, unless another is said.</summary>
internal sealed record Ordering : QuestionBody
{
    public required IReadOnlyList<OrderItem> Items { get; init; }

    public OrderRule Rule { get; init; }

    /// <summary>The right position of each item, from 0; null: as they stand. Set where answers to another version are graded.</summary>
    public IReadOnlyList<int>? Sequence { get; init; }

    [JsonIgnore]
    public override int Shuffled => Items.Count;

    [JsonIgnore]
    public override bool PartlyRightCounts => Rule != OrderRule.All;

    /// <summary>Always shuffled, and never into the right order: who changes nothing has not answered.</summary>
    public override int[] Deal(Random random, bool shuffle)
    {
        var order = Mixed(random, Items.Count, shuffle: true);
        if (order.Length > 1 && order.Select((item, place) => item == place).All(same => same))
            (order[0], order[^1]) = (order[^1], order[0]);
        return order;
    }

    /// <summary>Each item's field says its position from 1.</summary>
    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture)
    {
        var positions = Enumerable.Repeat(-1, Items.Count).ToArray();
        foreach (var (part, shown) in Parts(fields, order.Count).Select((p, i) => (p, i)))
        {
            if (part is [var typed, ..] && int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position >= 1 && position <= Items.Count)
                positions[order[shown]] = position - 1;
        }

        return positions.Any(p => p >= 0) ? new Answer { Places = positions } : null;
    }

    public override Mark Grade(Answer answer)
    {
        var n = Items.Count;
        var inPlace = Enumerable.Range(0, n).Count(i => Matching.Chosen(answer, i) == RightOf(i));
        var given = Given(answer).Select(RightOf).ToList();
        var fraction = Rule switch
        {
            OrderRule.All => inPlace == n ? 1m : 0m,
            OrderRule.Next => n < 2 ? inPlace : (decimal)given.Zip(given.Skip(1)).Count(two => two.Second == two.First + 1) / (n - 1),
            OrderRule.Longest => Longest(given) is var longest && (longest > 1 || n == 1) ? (decimal)longest / n : 0m,
            _ => (decimal)inPlace / Math.Max(1, n),
        };
        return new(fraction, [.. Items.Where((_, i) => Matching.Chosen(answer, i) >= 0).Select(i => i.Feedback).OfType<string>()]);
    }

    /// <summary>The right position of an item, from 0.</summary>
    public int RightOf(int item) => Sequence is { } known ? known[item] : item;

    /// <summary>The items in the order given; of two in one position the first in the right order is taken last, so that it gains nothing.</summary>
    public IReadOnlyList<int> Given(Answer? answer) =>
        [.. Enumerable.Range(0, Items.Count).Where(i => Matching.Chosen(answer, i) >= 0).OrderBy(i => Matching.Chosen(answer, i)).ThenByDescending(RightOf)];

    // Longest strictly increasing subsequence, O(n²): there are at most 100 items.
    private static int Longest(IReadOnlyList<int> given)
    {
        var lengths = new int[given.Count];
        for (var i = 0; i < given.Count; i++)
            lengths[i] = 1 + Enumerable.Range(0, i).Where(j => given[j] < given[i]).Select(j => lengths[j]).DefaultIfEmpty().Max();
        return lengths.DefaultIfEmpty().Max();
    }
}
