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

    public static Refused Categories(int most) => new("A course has from 1 to {0} categories.", most);

    public static Refused Weights() => new("Weights are numbers from 0 to 1000 with at most two decimals, and not all of them 0.") { Field = "Weight" };

    public static Refused Drops() => new("From 0 to 50 of the lowest results can be dropped.") { Field = "Drop" };

    public static Refused PassMark() => new("The pass mark is a number from 0 to 100 with at most two decimals.") { Field = "PassMark" };

    public static Refused CourseRule() => new("Say how many per cent of the steps are needed, from 0 to 100; with 0 the pass mark is needed.") { Field = "Steps" };

    public static Refused PlanMoved() => new("Somebody has changed the grading meanwhile. What you typed is kept here; look at it once more and save again.");

    public static Refused Percent() => new("A result is a number from 0 to 100 with at most two decimals.") { Field = "Percent" };

    public static Refused CommentNeeded() => new("Say why: the learner reads it.") { Field = "Comment" };

    public static Refused CommentTooLong(int most) => new("At most {0} characters, please.", most) { Field = "Comment" };

    public static Refused NobodyChosen() => new("Choose at least one learner.");

    public static Refused MessageNeeded() => new("A message has a subject and a text.") { Field = "Subject" };

    public static Refused MessageTooLong(int subject, int text) => new("A subject has at most {0} characters, a text at most {1}.", subject, text) { Field = "Text" };

    public static Refused PseudonymLength() => new("A pseudonym has from {0} to {1} characters.", Appearance.Shortest, Appearance.Longest) { Field = "Pseudonym" };

    public static Refused PseudonymOfOddCharacters() => new("A name is made of letters of one script, spaces, hyphens and full stops.") { Field = "Pseudonym" };

    public static Refused PseudonymOfTeam() => new("This name looks like that of somebody who runs courses here. Choose another one.") { Field = "Pseudonym" };

    public static Refused PseudonymTaken() => new("Somebody else in this course is called so. Choose another name.") { Field = "Pseudonym" };
}
