using System.Globalization;
using System.Text;

namespace MoocPlatform.Kernel;

/// <summary>
/// A calendar as RFC 5545 wants it: CRLF, lines of at most 75 octets folded between characters, texts escaped, instants in UTC. An event keeps
/// its UID for ever and a later state of it has a higher SEQUENCE: a calendar that took it before moves what it has.
/// </summary>
public sealed class CalendarText
{
    private const int LongestLine = 75; // octets

    private readonly StringBuilder lines = new();

    /// <param name="name">What a calendar program calls it.</param>
    public CalendarText(string name)
    {
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//MoocPlatform//EN");
        Line("METHOD", "PUBLISH");
        Line("X-WR-CALNAME", Escaped(name));
    }

    /// <summary>Adds an event without length.</summary>
    /// <param name="uid">Unique in the world, and the same for ever.</param>
    /// <param name="changedAt">When it came to be as it is.</param>
    /// <param name="sequence">Never smaller than before.</param>
    /// <param name="link">Absolute address.</param>
    public void Event(string uid, DateTimeOffset at, DateTimeOffset changedAt, long sequence, string summary, string link, bool cancelled)
    {
        Line("BEGIN", "VEVENT");
        Line("UID", uid);
        Line("DTSTAMP", Instant(changedAt));
        Line("LAST-MODIFIED", Instant(changedAt));
        Line("SEQUENCE", sequence.ToString(CultureInfo.InvariantCulture));
        Line("DTSTART", Instant(at));
        Line("SUMMARY", Escaped(summary));
        Line("URL", link);
        if (cancelled)
            Line("STATUS", "CANCELLED");
        Line("END", "VEVENT");
    }

    /// <summary>The whole text, as far as it was written.</summary>
    public override string ToString() => $"{lines}END:VCALENDAR\r\n";

    private void Line(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                lines.Append("\r\n ");
                octets = 1;
            }

            lines.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        lines.Append("\r\n");
    }

    private static string Escaped(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal).ReplaceLineEndings(@"\n");

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
