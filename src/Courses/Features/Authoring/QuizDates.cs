using System.Globalization;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The dates of a quiz stand in its settings, on top of its text.</summary>
internal static class QuizDates
{
    /// <summary>The text with these dates in its settings and every other line as it was. Null: its settings cannot be read.</summary>
    public static string? Put(string markdown, Offset? opens, Offset? due)
    {
        var text = ItemSettings.Put(markdown, ("opens", Words(opens)), ("due", Words(due)));
        return text is not null && ItemSettings.Read(text) is { } read && read.Opens == opens && read.Due == due ? text : null;
    }

    private static string? Words(Offset? date) => date is null ? null : string.Create(CultureInfo.InvariantCulture, $"{{ day: {date.Days}, time: \"{date.Time:HH:mm}\" }}");
}
