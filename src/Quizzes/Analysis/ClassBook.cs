using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Analysis;

/// <summary>
/// The marks of a class, a column per question: what statistics are made of. Filled attempt by attempt, 24 bytes an answer, so that
/// a hundred thousand attempts fit.
/// </summary>
internal sealed class ClassBook
{
    private readonly Dictionary<Guid, QuestionColumn> columns = [];
    private readonly Dictionary<string, SlotColumn> slots = new(StringComparer.Ordinal);

    /// <summary>How many attempts stand in it.</summary>
    public int Rows { get; private set; }

    /// <summary>In the order of first meeting.</summary>
    public IReadOnlyCollection<QuestionColumn> Questions => columns.Values;

    /// <summary>The places of the quiz: one question each, or one drawn from several.</summary>
    public IReadOnlyCollection<SlotColumn> Slots => slots.Values;

    /// <summary>Adds a submitted attempt.</summary>
    public void Add(IReadOnlyList<BookEntry> sheet)
    {
        foreach (var entry in sheet)
        {
            if (!columns.TryGetValue(entry.Question, out var column))
                columns[entry.Question] = column = new QuestionColumn(entry.Question, entry.Slot is not null);
            var mark = entry.Body.Points == 0 ? 0 : (double)(entry.Body.Points * entry.Fraction);
            column.Add(Rows, mark, entry.Version, entry.Body, entry.Answer);

            var slot = entry.Slot ?? entry.Question.ToString("N");
            if (!slots.TryGetValue(slot, out var place))
                slots[slot] = place = new SlotColumn(slot);
            place.Add(Rows, mark, (double)entry.Body.Points, entry.Question);
        }

        Rows++;
    }

    /// <summary>The points of each attempt.</summary>
    public double[] Totals()
    {
        var totals = new double[Rows];
        foreach (var column in columns.Values)
        {
            for (var i = 0; i < column.Count; i++)
                totals[column.Row(i)] += column.Marks[i];
        }

        // Thirds added up are a crumb off; points are kept to four places.
        for (var i = 0; i < totals.Length; i++)
            totals[i] = Math.Round(totals[i], 9);
        return totals;
    }
}

/// <summary>A question of an attempt, graded.</summary>
/// <param name="Slot">The name of the place for which it was drawn; null: everybody has this question.</param>
/// <param name="Fraction">Of its points, 0 to 1; not answered is 0.</param>
internal sealed record BookEntry(string? Slot, Guid Question, Guid Version, QuestionBody Body, Answer? Answer, decimal Fraction);

/// <summary>All marks of a question, with what was answered as bits.</summary>
internal sealed class QuestionColumn(Guid question, bool drawn)
{
    private readonly List<int> rows = [];
    private readonly List<double> marks = [];
    private readonly List<ulong> given = [];
    private readonly Dictionary<Guid, Responses> versions = [];
    private readonly ResponseNames names = new();

    public Guid Question => question;

    /// <summary>Whether only some are asked it, by lot.</summary>
    public bool Drawn => drawn;

    public int Count => rows.Count;

    /// <summary>The newest version that was met: ids grow with time.</summary>
    public Guid Version { get; private set; }

    public QuestionBody Body { get; private set; } = null!;

    public ReadOnlySpan<double> Marks => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(marks);

    /// <summary>Bit r of entry i: response r was given.</summary>
    public IReadOnlyList<ulong> Given => given;

    public ResponseNames Names => names;

    public int Row(int i) => rows[i];

    public void Add(int row, double mark, Guid version, QuestionBody body, Answer? answer)
    {
        if (!versions.TryGetValue(version, out var responses))
        {
            versions[version] = responses = Responses.Of(body, names);
            if (versions.Count == 1 || string.CompareOrdinal(version.ToString("N"), Version.ToString("N")) > 0)
                (Version, Body) = (version, body);
        }

        rows.Add(row);
        marks.Add(mark);
        given.Add(responses.Bits(answer));
    }
}

/// <summary>All marks at a place of the quiz.</summary>
internal sealed class SlotColumn(string name)
{
    private readonly List<int> rows = [];
    private readonly List<double> marks = [];
    private readonly HashSet<Guid> questions = [];

    public string Name => name;

    /// <summary>The most points that this place has given.</summary>
    public double Points { get; private set; }

    public IReadOnlyCollection<Guid> Questions => questions;

    /// <summary>A mark for every attempt; 0 for those that do not have this place.</summary>
    public double[] Marks(int count)
    {
        var all = new double[count];
        for (var i = 0; i < rows.Count; i++)
            all[rows[i]] = marks[i];
        return all;
    }

    public void Add(int row, double mark, double points, Guid question)
    {
        rows.Add(row);
        marks.Add(mark);
        questions.Add(question);
        Points = Math.Max(Points, points);
    }
}
