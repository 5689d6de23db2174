using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Domain;

/// <summary>Every "no" of Discussions.</summary>
internal static class Refusals
{
    public static Refused Empty() => new("Write something first.") { Field = "Markdown" };

    public static Refused TooLong(int length) => new("This text has {0} characters, and 20,000 are the most. Shorten it, or post it in two parts.", length) { Field = "Markdown" };

    public static Refused NoTitle() => new("Give it a title: one sentence that says what it is about.") { Field = "Title" };

    public static Refused TitleTooLong(int length) => new("This title has {0} characters, and 160 are the most. Say the rest in the text.", length) { Field = "Title" };

    public static Refused RunIsOver(DateTimeOffset end) => new("The talk of this run is read-only since {0}. Your text is kept below, so that you can copy it.", end);

    public static Refused NotEnrolled() => new("Join the course first: then you can take part in its talk.");

    public static Refused TooFast(int seconds) => new("You post faster than others can read. Wait {0} seconds and post again; your text is kept.", seconds);

}
