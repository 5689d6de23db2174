using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace MoocPlatform.Kernel;

/// <summary>Marks the texts of the kernel itself.</summary>
internal sealed class Text;

/// <summary>Who reads this page: their language, zone and theme, kept in cookies so that the server renders them.</summary>
public sealed class Reader(IHttpContextAccessor http, TimeProvider clock, IStringLocalizerFactory texts)
{
    /// <summary>Name of the cookie that holds the IANA zone of the reader's device.</summary>
    public const string ZoneCookie = "zone";

    /// <summary>Name of the cookie that holds <c>light</c> or <c>dark</c>; none: as the system says.</summary>
    public const string ThemeCookie = "theme";

    private readonly IStringLocalizer text = texts.Create(typeof(Text));

    /// <summary>Now, by the clock of the process.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary><c>light</c>, <c>dark</c>, or null.</summary>
    public string? Theme => http.HttpContext?.Request.Cookies[ThemeCookie] is "light" or "dark" ? http.HttpContext.Request.Cookies[ThemeCookie] : null;

    /// <summary>The reader's zone, or null as long as we do not know it.</summary>
    public TimeZoneInfo? Zone { get; } =
        http.HttpContext?.Request.Cookies[ZoneCookie] is { Length: > 0 and < 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    /// <summary>The zone in which this reader sees times: their own, or else the given one (the course's), or else UTC.</summary>
    public TimeZoneInfo ZoneOr(string? fallback) =>
        Zone ?? (fallback is not null && TimeZoneInfo.TryFindSystemTimeZoneById(fallback, out var zone) ? zone : TimeZoneInfo.Utc);

    /// <summary>"Thu 19 Nov, 18:20", with the year when it is not this one.</summary>
    public string When(DateTimeOffset instant, string? zone = null) => Format(instant, zone, "ddd d MMM, HH:mm", "ddd d MMM yyyy, HH:mm");

    /// <summary>"2 November", with the year when it is not this one.</summary>
    public string Day(DateTimeOffset instant, string? zone = null) => Format(instant, zone, "d MMMM", "d MMMM yyyy");

    /// <summary>"2 November to 13 December 2026".</summary>
    public string Days(DateTimeOffset from, DateTimeOffset to, string? zone = null)
    {
        var (first, last) = (Local(from, zone), Local(to, zone));
        var start = first.ToString(first.Year == last.Year ? "d MMMM" : "d MMMM yyyy", CultureInfo.CurrentUICulture);
        return text["{0} to {1}", start, last.ToString("d MMMM yyyy", CultureInfo.CurrentUICulture)];
    }

    /// <summary>"in 2 days", "3 hours ago": a hint beside a date, never instead of it.</summary>
    public string Hint(DateTimeOffset instant)
    {
        var span = instant - Now;
        var (size, ahead) = (span.Duration(), span > TimeSpan.Zero);
        return size switch
        {
            { TotalMinutes: < 1 } => text["just now"],
            { TotalHours: < 1 } => Counted("in 1 minute|in {0} minutes", "1 minute ago|{0} minutes ago", size.TotalMinutes),
            { TotalDays: < 1 } => Counted("in 1 hour|in {0} hours", "1 hour ago|{0} hours ago", size.TotalHours),
            { TotalDays: < 60 } => Counted("in 1 day|in {0} days", "1 day ago|{0} days ago", size.TotalDays),
            _ => Counted("in 1 month|in {0} months", "1 month ago|{0} months ago", size.TotalDays / 30.44),
        };

        string Counted(string later, string before, double count) => text.Count(ahead ? later : before, (long)count);
    }

    /// <summary>"Bucharest time (UTC+2)": named once beside a list of dates.</summary>
    public string ZoneName(string? fallback = null)
    {
        var zone = ZoneOr(fallback);
        var offset = zone.GetUtcOffset(Now);
        var city = zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        var sign = offset < TimeSpan.Zero ? "−" : "+";
        return offset == TimeSpan.Zero && zone.Id is "UTC" or "Etc/UTC" ? "UTC" : text["{0} time (UTC{1})", city, sign + offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture)];
    }

    /// <summary>A refusal in the reader's words: the texts of the module that refused, instants in the reader's zone.</summary>
    public string Say(Refused refused, Assembly module)
    {
        var arguments = refused.Arguments.Select(a => a switch
        {
            DateTimeOffset instant => When(instant),
            Said said => texts.Create("Text", said.Room)[said.Text, said.Arguments].Value,
            _ => a,
        }).ToArray();
        return Texts(module)[refused.Text, arguments];
    }

    /// <summary>The texts of a module: those of its class <c>Text</c>.</summary>
    public IStringLocalizer Texts(Assembly module) =>
        module.GetType(module.GetName().Name + ".Text") is { } marker ? texts.Create(marker) : text;

    private DateTimeOffset Local(DateTimeOffset instant, string? zone) => TimeZoneInfo.ConvertTime(instant, ZoneOr(zone));

    private string Format(DateTimeOffset instant, string? zone, string thisYear, string otherYear)
    {
        var local = Local(instant, zone);
        return local.ToString(local.Year == Local(Now, zone).Year ? thisYear : otherYear, CultureInfo.CurrentUICulture);
    }
}
