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

    public static Refused ChangedMeanwhile() => new("Somebody saved this text while you wrote. Your text is below; compare before you save again.");

    public static Refused NothingToPublish() => new("There is nothing to read yet. Publish a lesson first.");

    public static Refused QuizMistaken(int line, string why) => new("Line {0}: {1}", line, why) { Field = "Markdown" };
}
