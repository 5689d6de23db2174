using System.Globalization;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Instants in the zone of the run, whatever the reader's own: the team plans in the course's time.</summary>
internal static class RunDay
{
    /// <summary>"Mon 2 Nov 2026, 08:00 (UTC+2)".</summary>
    public static string Of(DateTimeOffset instant, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : "UTC" + (local.Offset < TimeSpan.Zero ? "−" : "+") + local.Offset.ToString(local.Offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
        return $"{local.ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentUICulture)} ({offset})";
    }

    /// <summary>"2 Nov 2026, 08:00", where the zone stands beside it.</summary>
    public static string Short(DateTimeOffset instant, string zone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentUICulture);

    /// <summary>For a <c>datetime</c> attribute.</summary>
    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For a browser's field of date and time.</summary>
    public static string Field(DateTime? local) => local?.ToString(local.Value.Second == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
