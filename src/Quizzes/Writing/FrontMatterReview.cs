using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>The settings that say what is seen when, and what is said to whom.</summary>
internal sealed partial class FrontMatter
{
    private const int MostBands = 20;
    private const int LongestWait = 720 * 60;

    // review: { after: [score, correct], closed: all }. A row left out is as the row before it; after the close everything is seen.
    private void Review(Parser parser, Scalar name, int shift)
    {
        const string Wanted = "moments, such as { after: [score], closed: all }";
        if (!parser.TryConsume<MappingStart>(out _))
        {
            Wrong(name, shift, Wanted);
            parser.SkipThisAndNestedEvents();
            return;
        }

        Seen? during = null, after = null, open = null, closed = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var moment = parser.Consume<Scalar>();
            var seen = SeenIn(parser, shift);
            switch (moment.Value)
            {
                case "during":
                    during = seen;
                    break;
                case "after":
                    after = seen;
                    break;
                case "open":
                    open = seen;
                    break;
                case "closed":
                    closed = seen;
                    break;
                default:
                    Wrong(moment, shift, "during, after, open or closed");
                    break;
            }
        }

        var usual = ReviewTable.Default;
        settings = settings with { Review = new(during ?? usual.During, after ?? usual.After, open ?? after ?? usual.Open, closed ?? usual.Closed) };
    }

    private Seen SeenIn(Parser parser, int shift)
    {
        var seen = Seen.None;
        if (parser.TryConsume<Scalar>(out var one))
            return Word(one);
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            problems.Add((int)parser.Current!.Start.Line + shift, (int)parser.Current.Start.Column, "Here should stand: {0}.", "all, none, or a list of score, correct, feedback, keys");
            parser.SkipThisAndNestedEvents();
            return seen;
        }

        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (parser.TryConsume<Scalar>(out var word))
                seen |= Word(word);
            else
                parser.SkipThisAndNestedEvents();
        }

        return seen;

        Seen Word(Scalar word)
        {
            if (word.Value is "all" or "none" or "score" or "correct" or "feedback" or "keys")
                return Enum.Parse<Seen>(word.Value, ignoreCase: true);
            Wrong(word, shift, "all, none, or a list of score, correct, feedback, keys");
            return Seen.None;
        }
    }

    // bands: a list of { from: 80, text: "Markdown" }.
    private void Bands(Parser parser, Scalar name, int shift)
    {
        const string Wanted = "a list of bands, such as - { from: 80, text: \"Well done.\" }";
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            Wrong(name, shift, Wanted);
            parser.SkipThisAndNestedEvents();
            return;
        }

        var bands = new List<BandText>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var at = parser.Current!.Start;
            if (Band(parser, shift) is not { } band)
                problems.Add((int)at.Line + shift, (int)at.Column, "Here should stand: {0}.", Wanted);
            else if (bands.Any(b => b.From == band.From))
                problems.Add((int)at.Line + shift, (int)at.Column, "There are two bands from {0} %.", band.From.ToString(CultureInfo.InvariantCulture));
            else
                bands.Add(band);
        }

        if (bands.Count > MostBands)
            Wrong(name, shift, "at most 20 bands");
        settings = settings with { Bands = [.. bands.OrderByDescending(b => b.From)] };
    }

    private BandText? Band(Parser parser, int shift)
    {
        if (!parser.TryConsume<MappingStart>(out _))
        {
            parser.SkipThisAndNestedEvents();
            return null;
        }

        int? from = null;
        Scalar? text = null;
        var wrong = false;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var part = parser.Consume<Scalar>();
            if (!parser.TryConsume<Scalar>(out var value))
            {
                parser.SkipThisAndNestedEvents();
                wrong = true;
            }
            else if (part.Value == "from")
            {
                from = Whole(value, shift, 0, 100, "a percentage from 0 to 100") ?? 0;
            }
            else if (part.Value == "text" && !string.IsNullOrWhiteSpace(value.Value))
            {
                text = value;
            }
            else
            {
                wrong = true;
            }
        }

        if (wrong || from is null || text is null)
            return null;
        var band = new BandText(from.Value);
        foreach (var (line, i) in text.Value.ReplaceLineEndings("\n").Split('\n').Select((l, i) => (l, i)))
            band.Text.Add(line, (int)text.Start.Line + shift + i, i == 0 ? (int)text.Start.Column : 1);
        return band;
    }

    // "30 min", "24 h", "1 h 30 min".
    private static int? Minutes(string text)
    {
        var (minutes, rest) = (0, text.Trim());
        foreach (var (unit, worth) in new[] { ("h", 60), ("min", 1) })
        {
            var end = rest.IndexOf(unit, StringComparison.Ordinal);
            if (end < 0)
                continue;
            if (!int.TryParse(rest.AsSpan(0, end).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > LongestWait)
                return null;
            minutes += number * worth;
            rest = rest[(end + unit.Length)..].TrimStart();
        }

        return rest.Length == 0 && minutes is >= 1 and <= LongestWait ? minutes : null;
    }

    private static decimal? Percent(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? percent : null;

    private T Not<T>(Scalar value, int shift, string wanted, T instead)
    {
        Wrong(value, shift, wanted);
        return instead;
    }
}
