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

    public static Refused NoUpload() => new("Choose a file first.") { Field = "file" };

    public static Refused FileOfOtherKind(string name, string kinds) =>
        new("“{0}” is of a kind that is not taken. These are: {1}. Save it as one of them and bring it again.", name, kinds) { Field = "file" };

    public static Refused FileTooHeavy(string name, long megabytes, long most) =>
        new("“{0}” has {1} MB; a file may have {2}. Make it smaller, or put it where large files live, such as a video host, and link to it.", name, megabytes, most) { Field = "file" };

    public static Refused FileNotWhatItSays(string name, string ending) =>
        new("What is in “{0}” is no {1}, whatever its name says. Open it in a program, save it as {1} and bring it again.", name, ending) { Field = "file" };

    public static Refused FileOfAnotherKind(string ending) =>
        new("Only another {0} can take its place. Bring a file of another kind as a new one and change the texts that show this one.", ending) { Field = "file" };

    public static Refused TooManyFiles(int most) => new("A course has at most {0} files. Delete those that are not used.", most) { Field = "file" };

    public static Refused CourseTooHeavy(long most) => new("All files of a course together have at most {0} MB. Delete those that are not used.", most) { Field = "file" };

    public static Refused AltMissing() => new("Say in a few words what the picture shows, for those who do not see it, or tick that it only adorns.") { Field = "Alt" };

    public static Refused ChangedMeanwhile() => new("Somebody saved this text while you wrote. Your text is below; compare before you save again.");

    public static Refused NothingToPublish() => new("There is nothing to read yet. Publish a lesson first.");

    public static Refused NotReady() => new("The run is not published yet: mend what is listed below first.");

    public static Refused QuizMistaken(int line, Said why) => new("Line {0}: {1}", line, why) { Field = "Markdown" };

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

    public static Refused OwnsAlone(string title) => new("You are the only owner of “{0}”. Name another owner on its Team page first.", title);
}
