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

    public static Refused TooManyComments(int most) => new("This reply has {0} comments, and that is the most. Write a reply of your own; your text is kept.", most) { Field = "Markdown" };

    public static Refused ThreadIsClosed() => new("The team has closed this thread. Your text is kept below, so that you can copy it.");

    public static Refused Muted(string reason) => new("The team has asked you not to write in this course for now: {0}", reason);

    public static Refused TooManyLinks(int most) => new("Who is new here may put {0} links into a text. Take some out; from tomorrow on you may use more.", most) { Field = "Markdown" };

    public static Refused TooManyMentions(int most) => new("This text names too many people: {0} are the most. Take some names out.", most) { Field = "Markdown" };

    public static Refused TooManyInAnHour(int most) => new("Who is new here may post {0} texts an hour. Come back in a while; your text is kept.", most);

    public static Refused NoReason() => new("Say why: the person will read it.") { Field = "Reason" };

    public static Refused ReasonTooLong(int most) => new("Say it in at most {0} characters.", most) { Field = "Reason" };

    public static Refused NoConsent() => new("The person who asked has not agreed to make this public.");

    public static Refused NoPicture() => new("This is no picture that can be taken: PNG, JPEG, WebP and GIF are.");

    public static Refused PictureTooLarge(int kilobytes) => new("This picture is too large: {0} KB are the most.", kilobytes);

    public static Refused TooManyPictures(int most) => new("You have sent {0} pictures since yesterday: that is the most for one day.", most);

    public static Refused NotATeamMember() => new("Members of the team cannot be kept out of the talk.");

    public static Refused NoSuchThread() => new("There is no other thread with this address in this talk.") { Field = "Target" };

    public static Refused TooLongToMerge(int most) => new("A thread of more than {0} replies cannot be merged into another.", most) { Field = "Target" };

    public static Refused NothingToSearch() => new("Type at least two letters.") { Field = "q" };
}
