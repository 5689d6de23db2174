using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Analysis;

/// <summary>The different things that can be answered to a question, named the same over its versions. At most 63; the rest is one.</summary>
internal sealed class ResponseNames
{
    private const int Most = 63;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<ResponseName> all = [];

    public IReadOnlyList<ResponseName> All => all;

    /// <param name="kind">What kind of response.</param>
    /// <param name="words">As plain text.</param>
    /// <param name="worth">Part of the points that it is worth, −1 to 1.</param>
    public int Place(ResponseKind kind, string words, double worth)
    {
        var key = $"{(int)kind} {words}";
        if (places.TryGetValue(key, out var place))
        {
            all[place] = all[place] with { Worth = worth }; // as the version met last has it
            return place;
        }

        if (all.Count == Most)
            (kind, words, worth) = (ResponseKind.Other, "", 0);
        places[key] = all.Count <= Most ? all.Count : Most;
        if (all.Count <= Most)
            all.Add(new(kind, words, worth));
        return places[key];
    }
}

/// <param name="Words">What the option or key says, as plain text; empty where the kind says all.</param>
internal sealed record ResponseName(ResponseKind Kind, string Words, double Worth);

internal enum ResponseKind
{
    /// <summary>An option to choose.</summary>
    Option,

    /// <summary>Something typed that an author's key fits.</summary>
    Key,

    /// <summary>Something else.</summary>
    Other,

    Nothing,

    Right,

    Partly,

    Wrong,
}

/// <summary>Sorts the answers to one version of a question.</summary>
internal abstract class Responses
{
    public static Responses Of(QuestionBody body, ResponseNames names) => body switch
    {
        Choice choice => new Options(choice, names),
        Numeric numeric => new Keys(numeric, [.. numeric.Keys.Select(k => (Words(k), k.Fraction))], names),
        ShortText text => new Keys(text, [.. text.Keys.Select(k => (k.Regex ? $"/{k.Pattern}/" : k.Pattern, k.Fraction))], names),
        _ => new Verdicts(body, names),
    };

    public abstract ulong Bits(Answer? answer);

    /// <summary>The words of an option, without its mark-up.</summary>
    internal static string Plain(string html)
    {
        var words = WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]*>", " ", RegexOptions.NonBacktracking));
        words = Regex.Replace(words, @"\s+", " ", RegexOptions.NonBacktracking).Trim();
        return words.Length <= 120 ? words : words[..119] + "…";
    }

    private static string Words(NumericKey key) => key.Anything ? "*" : key.Low == key.High || key.Figures is not null
        ? (key.Value ?? key.Low).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{key.Low:0.######} … {key.High:0.######}");

    private sealed class Options : Responses
    {
        private readonly int[] places;
        private readonly int nothing;

        public Options(Choice choice, ResponseNames names)
        {
            places = [.. choice.Options.Select(o => names.Place(ResponseKind.Option, Plain(o.Html), (double)o.Worth))];
            nothing = names.Place(ResponseKind.Nothing, "", 0);
        }

        public override ulong Bits(Answer? answer)
        {
            var bits = 0UL;
            foreach (var pick in answer?.Picks ?? [])
            {
                if (pick >= 0 && pick < places.Length)
                    bits |= 1UL << places[pick];
            }

            return bits == 0 ? 1UL << nothing : bits;
        }
    }

    // The first key that fits is the one that counts, as in grading: found by asking the grader about each key alone.
    private sealed class Keys : Responses
    {
        private readonly List<(QuestionBody Alone, int Place)> keys;
        private readonly int nothing;
        private readonly int other;

        public Keys(QuestionBody body, IReadOnlyList<(string Words, decimal Fraction)> all, ResponseNames names)
        {
            keys = [.. all.Select((k, i) => (Alone(body, i), names.Place(ResponseKind.Key, k.Words, (double)k.Fraction)))];
            other = names.Place(ResponseKind.Other, "", 0);
            nothing = names.Place(ResponseKind.Nothing, "", 0);
        }

        public override ulong Bits(Answer? answer)
        {
            if (answer is null)
                return 1UL << nothing;
            foreach (var (alone, place) in keys)
            {
                if (Grader.Grade(alone, answer).Fraction > 0)
                    return 1UL << place;
            }

            return 1UL << other;
        }

        private static QuestionBody Alone(QuestionBody body, int key) => body switch
        {
            Numeric numeric => numeric with { Keys = [numeric.Keys[key] with { Fraction = 1 }] },
            ShortText text => text with { Keys = [text.Keys[key] with { Fraction = 1 }] },
            _ => body,
        };
    }

    private sealed class Verdicts(QuestionBody body, ResponseNames names) : Responses
    {
        private readonly int right = names.Place(ResponseKind.Right, "", 1);
        private readonly int partly = names.Place(ResponseKind.Partly, "", 0.5);
        private readonly int wrong = names.Place(ResponseKind.Wrong, "", 0);
        private readonly int nothing = names.Place(ResponseKind.Nothing, "", 0);

        public override ulong Bits(Answer? answer) => 1UL << (answer is null ? nothing : Grader.Grade(body, answer).Fraction switch
        {
            >= 1 => right,
            > 0 => partly,
            _ => wrong,
        });
    }
}
