using System.Globalization;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Type and settings of a question or a gap, as they are met one by one.</summary>
internal sealed class QuestionSettings(int number, Problems problems)
{
    private const decimal MostPoints = 1000;
    private const int MostTags = 20;
    private const int LongestTag = 40;
    private const int MostDrawn = 100;
    private const int LongestUnit = 20;

    private readonly List<(string Key, int Column, string Value, int ValueColumn)> met = [];
    private QuestionText read = new() { Name = "", Id = "", Line = number, Kind = "" };

    public string Kind => read.Kind;

    public void ReadKind(string token, int column)
    {
        if (!Kinds.All.Contains(token))
        {
            problems.Add(number, column, "“{0}” is not a type of question. Types are {1}.", token, string.Join(", ", Kinds.All));
            read = read with { Kind = "?" };
            return;
        }

        if (Kind.Length > 0)
            problems.Add(number, column, "A question has one type.");
        read = read with { Kind = token };
    }

    public void Read(string key, string value, int column, int valueColumn) => met.Add((key, column, value, valueColumn));

    /// <summary>What was met together.</summary>
    public QuestionText Question(string name, string id, bool gap)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, column, value, valueColumn) in met)
        {
            if (!seen.Add(key))
                problems.Add(number, column, "The setting “{0}” stands here a second time.", key);
            if (Kinds.Settings.TryGetValue(key, out var kinds) && !kinds.Contains(Kind))
            {
                if (Kind is not ("" or "?"))
                    problems.Add(number, column, "“{0}” belongs to questions of the type {1}.", key, string.Join(", ", kinds));
                continue;
            }

            Setting(key, value, column, valueColumn, gap);
        }

        return read with { Name = name, Id = id };
    }

    private void Setting(string key, string value, int column, int valueColumn, bool gap)
    {
        switch (key)
        {
            case "points" when !gap:
                read = read with { Points = Amount(value, valueColumn, "Points are a number above 0 and at most 1000, with a decimal point.") };
                break;
            case "weight" when gap:
                read = read with { Weight = Amount(value, valueColumn, "A weight is a number above 0 and at most 1000, with a decimal point.") };
                break;
            case "tags" when !gap:
                read = read with { Tags = Tags(value, valueColumn) };
                break;
            case "pool" when !gap:
                read = read with { Pool = OneOf(value, valueColumn, ["true", "false"]) == "true" };
                break;
            case "origin" when !gap:
                if (value.Split('/') is not [var quiz, var question] || !QuestionHeading.IsId(quiz) || !QuestionHeading.IsId(question))
                    problems.Add(number, valueColumn, "An origin is the name of a quiz and the identity of a question, such as {0}.", "quiz-one/free");
                read = read with { Origin = value };
                break;
            case "tag":
                if (value.Trim().Length is 0 or > LongestTag || value.Contains(',', StringComparison.Ordinal))
                    problems.Add(number, valueColumn, "A draw has one tag of at most 40 characters, such as {0}.", "tag=licences");
                read = read with { Tag = value.Trim() };
                break;
            case "count":
                if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostDrawn)
                    read = read with { Count = count };
                else
                    problems.Add(number, valueColumn, "Here should stand: {0}.", "a whole number from 1 to 100");
                break;
            case "grading":
                read = read with { Grading = OneOf(value, valueColumn, Kinds.Gradings(Kind)) };
                break;
            case "shuffle":
                read = read with { Shuffle = OneOf(value, valueColumn, ["true", "false"]) is { } shuffle ? shuffle == "true" : null };
                break;
            case "case":
                read = read with { CaseSensitive = OneOf(value, valueColumn, ["true", "false"]) == "true" };
                break;
            case "unit":
                if (value.Trim().Length is 0 or > LongestUnit)
                    problems.Add(number, valueColumn, "A unit has 1 to 20 characters.");
                read = read with { Unit = value.Trim() };
                break;
            case "units":
                read = read with { Units = Factors(value, valueColumn) };
                break;
            case "unitpenalty":
                var part = value.EndsWith('%') ? Percent.Read(value.AsSpan(0, value.Length - 1)) : null;
                if (part is not > 0)
                    problems.Add(number, valueColumn, "A part of the points is from 0% to 100%.");
                read = read with { UnitPenalty = part };
                break;
            default:
                problems.Add(number, column, "There is no setting “{0}”.", key);
                break;
        }
    }

    private decimal Amount(string value, int column, string message)
    {
        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && decimal.Round(amount, 4) > 0 && amount <= MostPoints)
            return decimal.Round(amount, 4);
        problems.Add(number, column, message);
        return 1;
    }

    private string? OneOf(string value, int column, IReadOnlyList<string> values)
    {
        if (values.Contains(value))
            return value;
        problems.Add(number, column, "Here should stand one of these: {0}.", string.Join(", ", values));
        return null;
    }

    private List<string> Tags(string value, int column)
    {
        var tags = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (tags.Count is 0 or > MostTags || tags.Any(t => t.Length > LongestTag))
            problems.Add(number, column, "Tags are 1 to 20 words or short phrases, with commas between them, at most 40 characters each.");
        return tags;
    }

    // "GB = 1000, kB = 0.001"
    private List<UnitFactor> Factors(string value, int column)
    {
        var units = new List<UnitFactor>();
        foreach (var unit in value.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = unit.LastIndexOf('=');
            var name = equals < 0 ? "" : unit[..equals].Trim();
            const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite;
            if (name.Length is > 0 and <= LongestUnit && decimal.TryParse(unit.AsSpan(equals + 1), Style, CultureInfo.InvariantCulture, out var factor)
                && factor is > 0.000_000_000_000_1m and <= 1_000_000_000_000_000m)
            {
                units.Add(new(name, factor / 1.0000000000000000000000000000m));
                continue;
            }

            problems.Add(number, column, "Units are written with what they are of the question's own unit: units=\"GB = 1000, kB = 0.001\".");
        }

        return units;
    }
}
