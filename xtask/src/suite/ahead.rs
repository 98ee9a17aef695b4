//! What later suites build, built beside the earlier ones.
//!
//! The libraries that packages hold are optimised as a whole, on one processor, while tests leave much of the
//! others idle. So their builds start at once, behind everything else in the scheduler's eyes, and a suite waits
//! for its own.

use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::process::{self, Outcome};

/// What makes a suite's builds: it installs what they need, and returns them.
pub(super) type Builds = fn() -> Outcome<Vec<Command>>;

/// The builds that are under way.
pub(super) struct Ahead {
    /// The suites whose builds have ended, in their order.
    ended: Receiver<&'static str>,
    waiting: Vec<&'static str>,
}

impl Ahead {
    /// Starts the builds of suites, one after the other. How they end is shown by the suites, which ask for
    /// the same again.
    pub(super) fn start(suites: Vec<(&'static str, Builds)>) -> Self {
        let (end, ended) = mpsc::channel();
        let mut waiting = Vec::new();
        let mut made = Vec::new();
        for (suite, builds) in suites {
            match builds() {
                Ok(commands) => {
                    println!("building for the suite {suite} meanwhile");
                    waiting.push(suite);
                    made.push((suite, commands));
                }
                Err(reason) => println!("nothing is built ahead for {suite}: {reason}"),
            }
        }
        thread::spawn(move || {
            for (suite, commands) in made {
                for command in commands {
                    let mut behind = process::behind(&command);
                    behind.stdin(Stdio::null()).stdout(Stdio::null());
                    let _ = behind.stderr(Stdio::null()).status();
                }
                let _ = end.send(suite);
            }
        });
        Self { ended, waiting }
    }

    /// Waits for the builds of a suite, if there are any.
    pub(super) fn wait(&mut self, suite: &str) {
        while self.waiting.contains(&suite) {
            match self.ended.recv() {
                Ok(ended) => self.waiting.retain(|waiting| *waiting != ended),
                // The thread is gone, and with it what it would have built.
                Err(_) => self.waiting.clear(),
            }
        }
    }
}
