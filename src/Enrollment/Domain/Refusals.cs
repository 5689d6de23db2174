using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>Every "no" of Enrollment.</summary>
internal static class Refusals
{
    public static Refused NotOpen(RunTerm term, DateTimeOffset now) => term.StateAt(now) switch
    {
        RunState.Closed or RunState.Archived => new("This run ended on {0}. You can still read its lessons.", term.End),
        RunState.Draft => new("This run is not published yet."),
        _ => new("Enrolment ended on {0}. You can still read the lessons, and join the next run.", term.EnrolmentEnd),
    };

    public static Refused NotEnrolled() => new("Join the course first: then your progress is kept.");

    public static Refused NotMarkedByHand() => new("This step is done when you have taken its quiz, not by marking it.");

    public static Refused NotReleased(DateTimeOffset at) => new("This step opens on {0}.", at);

    public static Refused NoReason() => new("Say why, in up to 500 characters: everyone who sees the badge reads it.") { Field = "Reason" };

    public static Refused NothingToCheck() => new("Choose a file, or paste the text of a badge.");

    public static Refused TooLongToCheck(int kilobytes) => new("A badge has at most {0} kB. This is something else.", kilobytes);

    public static Refused NothingWritten() => new("Write something first.") { Field = "Markdown" };

    public static Refused EntryTooLong(int length) => new("This entry has {0} characters, and 50,000 are the most. Go on in a second one.", length) { Field = "Markdown" };

    public static Refused EntryChangedMeanwhile() =>
        new("This entry was changed in another window meanwhile. Your text is kept below: open the entry there, and bring both together.") { Field = "Markdown" };

    public static Refused NoSuchLicence() => new("Choose a licence: it says what others may do with your text.") { Field = "Licence" };
}
