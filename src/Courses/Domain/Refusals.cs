using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Domain;

/// <summary>Every "no" of Courses.</summary>
internal static class Refusals
{
    public static Refused UnknownZone(string zone) => new("“{0}” is not a time zone. Choose one such as Europe/Bucharest.", zone) { Field = "Zone" };

    public static Refused EndBeforeStart() => new("The end is not after the start. Choose a later end.") { Field = "End" };

    public static Refused EnrolmentEndAfterEnd() => new("Enrolment cannot end after the run. Choose an earlier date.") { Field = "EnrolmentEnd" };

    public static Refused SlugTaken(string slug) => new("“{0}” is taken. Choose another address.", slug) { Field = "Slug" };

    public static Refused SlugMalformed() => new("An address has small letters, digits and hyphens only.") { Field = "Slug" };

    public static Refused NoFile() => new("Choose the ZIP of a course folder.") { Field = "file" };

    public static Refused FileTooLarge(long megabytes) => new("The file is larger than {0} MB.", megabytes) { Field = "file" };

    public static Refused ChangedMeanwhile() => new("Somebody saved this text while you wrote. Your text is below; compare before you save again.");

    public static Refused NothingToPublish() => new("There is nothing to read yet. Publish a lesson first.");

    public static Refused NotReady() => new("The run is not published yet: mend what is listed below first.");

    public static Refused QuizMistaken(int line, string why) => new("Line {0}: {1}", line, why) { Field = "Markdown" };

    public static Refused TextMissing(string field) => new("This field is empty.") { Field = field };

    public static Refused TextTooLong(string field, int longest) => new("At most {0} characters are allowed here.", longest) { Field = field };

    public static Refused NumberOutside(string field, int least, int most) => new("Give a whole number from {0} to {1}.", least, most) { Field = field };

    public static Refused NotOffered(string field) => new("Choose one of the list.") { Field = field };

    public static Refused NoDate(string field) => new("Give a date and a time.") { Field = field };

    public static Refused NoTimeOfDay(string field = "Time") => new("Give a time of day such as 08:00.") { Field = field };

    public static Refused BeforeTheStart(string field) => new("This is before the first day of the run. Choose a later date.") { Field = field };

    public static Refused DateChangedMeanwhile(string field) => new("Somebody changed this date while you planned. Open the page again to see the new one.") { Field = field };

    public static Refused QuizSettingsUnreadable(string field) => new("The settings of this quiz cannot be read. Mend them in its text first.") { Field = field };

    public static Refused NothingWritten() => new("There is no text yet. Write it, then publish.") { Field = "Markdown" };

    public static Refused SectionNotEmpty() => new("This section is not empty. Move or delete its items first.");

    public static Refused LastSection() => new("A course has at least one section.");

    public static Refused RunNotRunning() => new("Only a run that is under way can be closed early.");

    public static Refused RunNotAnnounced() => new("Only a run that is published and has not started can be cancelled.");

    public static Refused RunCancelled() => new("This run was cancelled. To teach the course after all, run it again.");

    public static Refused NobodyToTell() => new("Nobody can read this run yet. Publish it, then announce.");

    public static Refused RunNotClosed() => new("Only a run that has closed can be archived.");

    public static Refused PersonUnknown() => new("Nobody here has this mail address. The person registers first, then you add them.") { Field = "Mail" };

    public static Refused LastOwner() => new("A course needs an owner. Name another one first.");
}
