using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>Every "no" of Quizzes.</summary>
internal static class Refusals
{
    public static Refused NotEnrolled() => new("Join the course first: it is free, and your answers are kept with your enrolment.");

    public static Refused NotStarted(DateTimeOffset start) => new("The course starts on {0}. The quiz opens then or later.", start);

    public static Refused NotReleased(DateTimeOffset at) => new("This part of the course opens on {0}.", at);

    public static Refused NotOpen(DateTimeOffset at) => new("This quiz opens on {0}.", at);

    public static Refused Due(DateTimeOffset at) => new("This quiz closed on {0}. You can still read the lessons and your own attempts.", at);

    public static Refused RunOver(DateTimeOffset end) => new("This run of the course ended on {0}. You can still read the lessons and your own attempts.", end);

    public static Refused NoAttemptsLeft(int attempts) => attempts == 1
        ? new("You have used your one attempt at this quiz.")
        : new("You have used all {0} attempts at this quiz.", attempts);

    public static Refused TooFewToDraw() =>
        new("This quiz draws its questions from the course, and there are too few of them at the moment. Tell the team of the course; nothing was counted.");

    public static Refused WaitFirst(DateTimeOffset next) => new("Between two attempts at this quiz you wait. The next may start on {0}.", next);

    public static Refused TimeWasUp(DateTimeOffset at) =>
        new("Your time ended on {0}. What we held then was submitted; what you changed later does not count and is still shown below.", at);

    public static Refused RunWasOver(DateTimeOffset at) =>
        new("This run of the course ended on {0}. What we held then was submitted; what you changed later does not count and is still shown below.", at);

    public static Refused AlreadySubmitted() => new("This attempt was submitted already. What you changed since then does not count.");

    public static Refused ExtraMinutes(int most) => new("Extra time is a whole number of minutes from 0 to {0}.", most) { Field = "Minutes" };

    public static Refused ExtraPercent(int most) => new("Extra time in percent is a whole number from 0 to {0}.", most) { Field = "Percent" };

    public static Refused DateForOneQuiz() => new("A date is given for one quiz. Give extra time for every quiz, or a date for this one.") { Field = "Until" };

    public static Refused NoDateToMove() => new("This quiz has no date of its own: it is open until the run ends.") { Field = "Until" };

    public static Refused DateNotLater(DateTimeOffset due) => new("Give a date after {0}, when the quiz closes for everybody.", due) { Field = "Until" };

    public static Refused DateAfterRun(DateTimeOffset end) => new("The run ends {0}: no quiz is open after that.", end) { Field = "Until" };

    public static Refused UnknownLearner() => new("Nobody with this mail address is enrolled in this run.") { Field = "Mail" };

    public static Refused NoReason() => new("Say why: the learners read it.") { Field = "Why" };

    public static Refused ReasonTooLong(int most) => new("A reason has at most {0} characters.", most) { Field = "Why" };

    public static Refused RegradeUnderWay() => new("Another regrade of this quiz is under way. Try again when it is done.");

    public static Refused ChangedSinceShown() => new("The question was changed since this page was shown. Look at what the regrade would do now, and then apply it.");

    public static Refused NotToUndo() => new("Only a regrade that is done can be taken back.");

    public static Refused PointsFrom(decimal most) => new("Points are a number from 0 to {0}.", most.ToString("0.####", System.Globalization.CultureInfo.CurrentCulture)) { Field = "points" };

    public static Refused TooManyAtOnce() => new("That was too much at once. Send it again in smaller parts.");

    public static Refused NothingToImport() => new("Choose a file, or paste the questions.") { Field = "Pasted" };

    public static Refused FileTooLarge(int megabytes) => new("This file is too large. At most {0} MB are taken: divide it.", megabytes) { Field = "file" };

    public static Refused ImportTooLong(int characters, int most) => new("The text of these questions has {0} characters; a quiz has at most {1}. Divide the file.", characters, most);
}
