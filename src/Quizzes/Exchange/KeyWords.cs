using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Our keys as other platforms write them.</summary>
internal static class KeyWords
{
    /// <summary>What is said of a draw.</summary>
    public const string NoDraws = "Which questions are drawn cannot be written in this format; the questions themselves can.";

    /// <summary>A number and its tolerance either way. Null: significant figures are not known there.</summary>
    public static (string Value, string Tolerance)? Number(NumericKey key) => key switch
    {
        { Anything: true } => ("*", "0"),
        { Figures: not null } => null,
        { Value: { } value } => (Parts.Show(value), Parts.Show(key.High - value)),
        _ => (Parts.Show((key.Low + key.High) / 2), Parts.Show((key.High - key.Low) / 2)),
    };

    /// <summary>With <c>*</c> as a wildcard and <c>\*</c> as an asterisk. Null: expressions and distances are not known there.</summary>
    public static string? Text(TextKey key)
    {
        if (key.Regex || key.Near > 0)
            return null;
        var text = new System.Text.StringBuilder(key.Pattern.Length);
        for (var i = 0; i < key.Pattern.Length; i++)
        {
            var escaped = key.Pattern[i] == '\\' && i + 1 < key.Pattern.Length && key.Pattern[i + 1] is ('*' or '\\' or '/' or '~');
            if (escaped && key.Pattern[i + 1] == '*')
                text.Append("\\*");
            else
                text.Append(escaped ? key.Pattern[i + 1] : key.Pattern[i]);
            if (escaped)
                i++;
        }

        return text.ToString();
    }
}
