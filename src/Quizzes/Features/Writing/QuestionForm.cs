using System.Globalization;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Writing;

/// <summary>A question as the fields of a form, for those who do not write Markdown. Texts are Markdown still.</summary>
internal sealed class QuestionForm
{
    private const int Spare = 3;
    private const int MostRows = 100;

    public string Kind { get; set; } = "";

    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Points { get; set; }

    public string? Tags { get; set; }

    /// <summary>There to be drawn, not asked by itself.</summary>
    public bool Pool { get; set; }

    /// <summary>The question that it was copied from.</summary>
    public string? Origin { get; set; }

    /// <summary>Of a draw.</summary>
    public string? Tag { get; set; }

    /// <summary>Of a draw: how many.</summary>
    public string? Count { get; set; }

    public string? Grading { get; set; }

    public string? Shuffle { get; set; }

    public string? Unit { get; set; }

    public string? Units { get; set; }

    public string? UnitPenalty { get; set; }

    public bool Case { get; set; }

    public string? Prompt { get; set; }

    /// <summary>Of a true/false question.</summary>
    public bool Truth { get; set; }

    public List<AnswerRow> Rows { get; set; } = [];

    /// <summary>Variables of a formula and gaps of a text, as their lines are written.</summary>
    public string? Lines { get; set; }

    public string? Feedback { get; set; }

    public List<string?> Hints { get; set; } = [];

    public static QuestionForm Of(QuestionText question)
    {
        var form = new QuestionForm
        {
            Kind = question.Kind,
            Id = question.Id,
            Name = question.Name,
            Points = question.Points.ToString("0.####", CultureInfo.InvariantCulture),
            Tags = string.Join(", ", question.Tags),
            Pool = question.Pool,
            Origin = question.Origin,
            Tag = question.Tag,
            Count = question.Count.ToString(CultureInfo.InvariantCulture),
            Grading = question.Grading,
            Shuffle = question.Shuffle switch { true => "true", false => "false", _ => null },
            Unit = question.Unit,
            Units = QuizWriter.Units(question),
            UnitPenalty = question.UnitPenalty is { } penalty ? Percent.Write(penalty) : null,
            Case = question.CaseSensitive,
            Prompt = question.Prompt.Text,
            Truth = question.Keys.Any(k => k is { Fraction: 1, Pattern: "true" }),
            Lines = QuizWriter.Lines(question),
            Feedback = question.Feedback.Text,
            Hints = [.. question.Hints.Select(h => h.Text), null],
            Rows =
            [
                .. question.Options.Select(o => new AnswerRow { Text = o.Text.Text, Right = o.Part is null && o.Right, Worth = Written(o.Part), Pinned = o.Pinned, Feedback = o.Feedback.Text }),
                .. question.Pairs.Select(p => new AnswerRow { Text = p.Stem.Text, Other = p.Answer.Text, Feedback = p.Feedback.Text }),
            ],
        };
        if (question.Kind == Kinds.TrueFalse)
            form.Rows = [Truths("true"), Truths("false")];
        else
            form.Rows.AddRange(question.Keys.Select(k => new AnswerRow { Text = k.Pattern, Worth = k.Fraction == 1 ? null : Written(k.Fraction), Feedback = k.Feedback.Text }));
        return form.WithSpare();

        AnswerRow Truths(string word) => new() { Text = word, Feedback = question.Keys.FirstOrDefault(k => k.Pattern == word)?.Feedback.Text };
    }

    /// <summary>Room for more answers.</summary>
    public QuestionForm WithSpare()
    {
        if (Kind is not (Kinds.TrueFalse or Kinds.Cloze or Kinds.Draw))
        {
            Rows.RemoveAll(r => r.IsEmpty);
            Rows.AddRange(Enumerable.Range(0, Math.Min(Spare, Math.Max(0, MostRows - Rows.Count))).Select(_ => new AnswerRow()));
        }

        return this;
    }

    /// <summary>The question in Markdown. What is wrong in it is told by who reads it.</summary>
    /// <param name="taken">Identities of the other questions.</param>
    public string Write(IReadOnlyCollection<string> taken)
    {
        var name = (Name ?? "").ReplaceLineEndings(" ").Trim();
        var id = QuestionHeading.IsId(Id ?? "") ? Id! : QuestionHeading.Slug(name);
        for (var n = 2; id.Length == 0 || taken.Contains(id); n++)
            id = string.Create(CultureInfo.InvariantCulture, $"{(QuestionHeading.Slug(name) is { Length: > 0 and < 70 } slug ? slug : "question")}-{n}");

        var question = new QuestionText
        {
            Name = name,
            Id = id,
            Line = 1,
            Kind = Kind,
            Points = decimal.TryParse(Points, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var points) ? points : 0,
            Tags = Has("tags") ? (Tags ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            Pool = Has("pool") && Pool,
            Origin = Has("origin") ? Given(Origin) : null,
            Tag = Has("tag") ? Given(Tag) ?? "" : "",
            Count = Has("count") ? int.TryParse(Count, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0 : 1,
            Grading = Has("grading") ? Given(Grading) : null,
            Shuffle = Has("shuffle") ? Given(Shuffle) switch { "true" => true, "false" => false, _ => null } : null,
            Unit = Has("unit") ? Given(Unit) : null,
            CaseSensitive = Has("case") && Case,
            Prompt = Passage.Of((Prompt ?? "").Trim()),
            Feedback = Passage.Of((Feedback ?? "").Trim()),
        };
        foreach (var row in Rows.Where(r => !r.IsEmpty || Kind == Kinds.TrueFalse))
            Add(question, row);
        question.Hints.AddRange(Hints.Where(h => !string.IsNullOrWhiteSpace(h)).Select(h => Passage.Of(h!.Trim())));
        return QuizWriter.Write(question, Lines, Has("units") ? Given(Units) : null, Has("unitpenalty") ? Given(UnitPenalty) : null);
    }

    public bool Has(string setting) => Kinds.Settings.TryGetValue(setting, out var kinds) && kinds.Contains(Kind);

    private void Add(QuestionText question, AnswerRow row)
    {
        var (text, feedback) = (Passage.Of((row.Text ?? "").Trim()), Passage.Of((row.Feedback ?? "").Trim()));
        var worth = Given(row.Worth) is { } typed ? Percent.Read(typed.TrimEnd('%', ' ')) ?? 2 : (decimal?)null; // 2: more than all, which the parser refuses
        switch (Kind)
        {
            case Kinds.Single or Kinds.Multiple:
                question.Options.Add(new OptionText(row.Right, row.Right ? null : worth, row.Pinned) { Text = text, Feedback = feedback });
                break;
            case Kinds.Ordering:
                question.Options.Add(new OptionText(true) { Text = text, Feedback = feedback });
                break;
            case Kinds.Matching:
                question.Pairs.Add(new PairText { Stem = text, Answer = Passage.Of((row.Other ?? "").Trim()), Feedback = feedback });
                break;
            case Kinds.TrueFalse when row.Text is "true" or "false":
                var right = Truth == (row.Text == "true");
                if (right || !feedback.IsEmpty)
                    question.Keys.Add(new KeyText(right ? 1 : 0, row.Text) { Feedback = feedback });
                break;
            default:
                question.Keys.Add(new KeyText(worth ?? 1, text.Text) { Feedback = feedback });
                break;
        }
    }

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private static string? Written(decimal? part) => part is { } known ? Percent.Write(known) : null;
}

/// <summary>One answer of the form.</summary>
internal sealed class AnswerRow
{
    public string? Text { get; set; }

    /// <summary>The other side of a pair.</summary>
    public string? Other { get; set; }

    public bool Right { get; set; }

    /// <summary>Percent; empty: all or nothing.</summary>
    public string? Worth { get; set; }

    public bool Pinned { get; set; }

    public string? Feedback { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Other) && string.IsNullOrWhiteSpace(Feedback);
}
