using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>
/// The settings between two lines of <c>---</c> at the beginning of a quiz. Read event by event: nothing is built from what a
/// hostile text nests or refers to.
/// </summary>
internal sealed partial class FrontMatter(Problems problems)
{
    private const int LongestTitle = 160;

    private QuizSettings settings = QuizSettings.Default;

    /// <param name="firstLine">The line of the file in which the YAML begins.</param>
    public QuizSettings Read(string yaml, int firstLine)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
            {
                problems.Add(firstLine, 1, "Settings are lines such as “attempts: 2”.");
                return settings;
            }

            while (!parser.TryConsume<MappingEnd>(out _))
                Setting(parser, firstLine - 1, seen);
        }
        catch (YamlException e)
        {
            problems.Add((int)e.Start.Line + firstLine - 1, (int)e.Start.Column, "The settings cannot be read here: {0}", e.Message);
            return settings;
        }

        if (!seen.Contains("title"))
            problems.Add(firstLine, 1, "The setting “{0}” is missing.", "title");
        if (!seen.Contains("kind"))
            problems.Add(firstLine, 1, "The setting “{0}” is missing.", "kind");
        return settings;
    }

    private void Setting(Parser parser, int shift, HashSet<string> seen)
    {
        var name = parser.Consume<Scalar>();
        if (!seen.Add(name.Value))
            problems.Add((int)name.Start.Line + shift, (int)name.Start.Column, "The setting “{0}” stands here a second time.", name.Value);

        if (name.Value is "opens" or "due")
        {
            Offset(parser, name, shift);
            return;
        }

        if (name.Value == "review")
        {
            Review(parser, name, shift);
            return;
        }

        if (name.Value == "bands")
        {
            Bands(parser, name, shift);
            return;
        }

        if (!parser.TryConsume<Scalar>(out var value))
        {
            Wrong(name, shift, "one value");
            parser.SkipThisAndNestedEvents();
            return;
        }

        Simple(name, value, shift);
    }

    private void Simple(Scalar name, Scalar value, int shift)
    {
        var text = value.Value;
        switch (name.Value)
        {
            case "title":
                if (string.IsNullOrWhiteSpace(text) || text.Length > LongestTitle)
                    Wrong(value, shift, "a title of at most 160 characters");
                settings = settings with { Title = text.Trim() };
                break;
            case "kind":
                if (text != "quiz")
                    Wrong(value, shift, "quiz");
                break;
            case "minutes":
                Whole(value, shift, 1, 600, "a whole number from 1 to 600");
                break;
            case "complete":
                if (text is not ("taken" or "passed"))
                    Wrong(value, shift, "taken or passed");
                break;
            case "attempts":
                settings = settings with { Attempts = Whole(value, shift, 0, 100, "a whole number from 0 (no limit) to 100") ?? settings.Attempts };
                break;
            case "pass":
                settings = settings with { Pass = Whole(value, shift, 0, 100, "a percentage from 0 to 100") ?? settings.Pass };
                break;
            case "grade":
                if (text is "best" or "first" or "last" or "average")
                    settings = settings with { Grade = Enum.Parse<GradePolicy>(text, ignoreCase: true) };
                else
                    Wrong(value, shift, "best, first, last or average");
                break;
            case "timeLimit":
                settings = settings with { TimeLimit = Whole(value, shift, 1, 10_080, "whole minutes from 1 to 10080") ?? settings.TimeLimit };
                break;
            case "shuffle":
                if (text is "true" or "false")
                    settings = settings with { Shuffle = text == "true" };
                else
                    Wrong(value, shift, "true or false");
                break;
            case "wait":
                settings = settings with { Wait = Minutes(text) ?? Not(value, shift, "a time from 1 min to 720 h, such as 30 min or 24 h", settings.Wait) };
                break;
            case "feedback":
                if (text is "deferred" or "immediate" or "interactive")
                    settings = settings with { Feedback = Enum.Parse<FeedbackMode>(text, ignoreCase: true) };
                else
                    Wrong(value, shift, "deferred, immediate or interactive");
                break;
            case "tries":
                settings = settings with { Tries = Whole(value, shift, 1, 10, "a whole number from 1 to 10") ?? settings.Tries };
                break;
            case "penalty":
                settings = settings with { Penalty = Percent(text) ?? Not(value, shift, "a percentage from 0 to 100", settings.Penalty) };
                break;
            default:
                problems.Add((int)name.Start.Line + shift, (int)name.Start.Column, "There is no setting “{0}”.", name.Value);
                break;
        }
    }

    // { day: 7, time: "08:00" }: whole days after the start of a run and a local time of day.
    private void Offset(Parser parser, Scalar name, int shift)
    {
        const string Wanted = "a day and a time, such as { day: 7, time: \"08:00\" }";
        if (!parser.TryConsume<MappingStart>(out _))
        {
            Wrong(name, shift, Wanted);
            parser.SkipThisAndNestedEvents();
            return;
        }

        var (day, time) = (false, false);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var part = parser.Consume<Scalar>();
            if (!parser.TryConsume<Scalar>(out var value))
            {
                Wrong(part, shift, Wanted);
                parser.SkipThisAndNestedEvents();
            }
            else if (part.Value == "day")
            {
                day = Whole(value, shift, 0, 3650, "whole days from 0 to 3650") is not null;
            }
            else if (part.Value == "time" && TimeOnly.TryParseExact(value.Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                time = true;
            }
            else
            {
                Wrong(part, shift, Wanted);
                (day, time) = (true, true); // said already
            }
        }

        if (!day || !time)
            Wrong(name, shift, Wanted);
    }

    private int? Whole(Scalar value, int shift, int least, int most, string wanted)
    {
        if (int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Wrong(value, shift, wanted);
        return null;
    }

    private void Wrong(Scalar where, int shift, string wanted) =>
        problems.Add((int)where.Start.Line + shift, (int)where.Start.Column, "Here should stand: {0}.", wanted);
}
