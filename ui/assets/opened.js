// Runs once; the tab remembers which conversation is open, for when the page is loaded anew.

watch("value", () => sessionStorage.setItem("conversation", props.value));
