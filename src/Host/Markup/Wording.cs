namespace MoocPlatform.Markup;

/// <summary>Every word the renderer says by itself, on one page to review and translate.</summary>
public static class Wording
{
    internal const string Note = "Note";
    internal const string Tip = "Tip";
    internal const string Important = "Important";
    internal const string Warning = "Warning";
    internal const string Caution = "Caution";
    internal const string Diary = "For your diary";
    internal const string Table = "Table";
    internal const string TableAgain = "{0}, table {1}";
    internal const string Done = "Done";
    internal const string ToDo = "To do";
    internal const string Footnote = "Footnote {0}";
    internal const string BackToText = "Back to the text";
    internal const string PlayVideo = "Play video";
    internal const string PlayVideoMinutes = "Play video ({0} min)";
    internal const string PlayAudio = "Play audio";
    internal const string PlayAudioMinutes = "Play audio ({0} min)";
    internal const string HostedOn = "Hosted on {0}. Nothing is loaded from there until you press play.";
    internal const string Captions = "Captions: {0}";
    internal const string Transcript = "Transcript";
    internal const string Source = "Source: {0}";
    internal const string Licence = "Licence: {0}";

    internal const string TooLong = "This text is longer than {0} characters. It is shown as it was written.";
    internal const string TooTangled = "This text is nested too deeply or repeats itself too often. It is shown as it was written.";
    internal const string OpenFormula = "This formula does not close. Add a second $.";
    internal const string OpenFormulaBlock = "This formula does not close. Put $$ on a line of its own before and after it, with no empty line between.";
    internal const string OpenFence = "This code block does not close. Add a line with {0}.";
    internal const string NoAltText = "This image has no alternative text. Say what it shows between the square brackets.";
    internal const string RefusedImage = "Images are shown from the folder assets/ only, not from {0}.";
    internal const string RefusedAddress = "A link cannot lead to {0}. Use https, http, mailto, or the name of a page or file of the course.";
    internal const string NoAddress = "This link has no address.";
    internal const string HeadingOne = "The title of the page is its only heading of level 1. Begin this one with ##.";
    internal const string UnknownCallout = "There is no call-out {0}. Use NOTE, TIP, IMPORTANT, WARNING, CAUTION or DIARY.";
    internal const string RawHtml = "HTML is not used here: {0} is shown as text.";
    internal const string UnknownDirective = "There is no ::{0}. Use ::video, ::audio or ::resource.";
    internal const string DirectiveAddress = "::{0} needs a web address: ::{0} https://… \"Title\".";
    internal const string DirectiveTitle = "::{0} needs a title in quotation marks after the address.";
    internal const string DirectiveQuote = "A quotation mark is missing in this ::{0} line.";
    internal const string DirectiveSetting = "::{0} does not know the setting {1}.";
    internal const string DirectiveMinutes = "The minutes are a whole number from 1 to 999, not {0}.";

    /// <summary>What <see cref="MarkupOptions.Say"/> is asked to translate.</summary>
    public static IReadOnlyList<string> Phrases { get; } =
    [
        Note, Tip, Important, Warning, Caution, Diary, Table, TableAgain, Done, ToDo, Footnote, BackToText, PlayVideo, PlayVideoMinutes,
        PlayAudio, PlayAudioMinutes, HostedOn, Captions, Transcript, Source, Licence,
    ];

    /// <summary>What <see cref="MarkupProblem.Message"/> can be.</summary>
    public static IReadOnlyList<string> Problems { get; } =
    [
        TooLong, TooTangled, OpenFormula, OpenFormulaBlock, OpenFence, NoAltText, RefusedImage, RefusedAddress, NoAddress, HeadingOne,
        UnknownCallout, RawHtml, UnknownDirective, DirectiveAddress, DirectiveTitle, DirectiveQuote, DirectiveSetting, DirectiveMinutes,
    ];
}
